package dev.telar.examples;

import dev.telar.Pool;
import java.time.Duration;
import java.util.List;

/// Applies a slow function to six numbers over four processes. The results come in the order of the
/// numbers, whoever computed them.
final class SquareOverAPool {

  static void main() {
    List<Integer> numbers = List.of(1, 2, 3, 4, 5, 6);
    try (Pool pool = Pool.processes(4)) {
      List<Integer> squares = pool.map(SquareOverAPool::square, numbers);
      IO.println("Results: " + squares);
    }
  }

  private static int square(int x) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(250));
    return x * x;
  }
}
