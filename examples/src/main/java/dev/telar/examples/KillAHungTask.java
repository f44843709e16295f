package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// Ends a task that loops for ever and hears no interrupt. No thread can be ended like this: the
/// process around the task is killed, and another takes its place.
final class KillAHungTask {

  static void main() throws InterruptedException {
    try (ProcessPool pool =
        ProcessPool.builder().workers(1).grace(Duration.ofMillis(200)).build()) {
      Pool limited = pool.with(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));

      try {
        limited.submit(KillAHungTask::parseForEver).get();
      } catch (ExecutionException e) {
        IO.println("Killed: " + e.getCause());
      }

      IO.println("The pool goes on: 6 x 7 = " + pool.submit(() -> 6 * 7).join());
    }
  }

  private static void parseForEver() {
    for (long i = 1; i != 0; i |= 1) {
      Thread.onSpinWait();
    }
  }
}
