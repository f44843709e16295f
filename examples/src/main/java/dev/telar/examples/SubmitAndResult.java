package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.TaskFuture;
import java.util.concurrent.ExecutionException;

/// `submit` returns at once with a promise of the result; `get` waits for it.
final class SubmitAndResult {

  static void main() throws InterruptedException, ExecutionException {
    try (Pool pool = Pool.threads(4)) {
      TaskFuture<Integer> future = pool.submit(() -> square(5));
      IO.println("Meanwhile, something else");
      IO.println("The square of 5 is " + future.get());
    }
  }

  private static int square(int x) {
    return x * x;
  }
}
