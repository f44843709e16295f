package dev.telar.examples;

import dev.telar.Futures;
import dev.telar.Futures.When;
import dev.telar.Pool;
import dev.telar.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Takes results in the order in which they are ready, and waits for several futures at once.
final class AsCompletedAndWait {

  static void main() throws InterruptedException {
    try (Pool pool = Pool.threads(5)) {
      List<TaskFuture<Integer>> futures = new ArrayList<>();
      for (int i = 4; i >= 0; i--) {
        int number = i;
        futures.add(pool.submit(() -> slowSquare(number)));
      }

      var first = Futures.await(futures, When.FIRST);
      IO.println("First: done " + first.done().size() + ", not done " + first.notDone().size());

      for (TaskFuture<Integer> future : Futures.asCompleted(futures)) {
        IO.println("Completed: " + future.join());
      }

      var all = Futures.await(futures, When.ALL);
      IO.println("All: done " + all.done().size() + ", not done " + all.notDone().size());
    }
  }

  /// The larger the number, the longer it takes.
  private static int slowSquare(int x) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(200L * x));
    return x * x;
  }
}
