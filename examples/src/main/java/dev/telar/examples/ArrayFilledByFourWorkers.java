package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedDoubleArray;
import java.util.List;

/// Four processes fill a quarter each of one array. The array is not sent to them: a handle is, and
/// all write into the same memory, which the parent reads.
final class ArrayFilledByFourWorkers {
  private static final int LENGTH = 1_000_000;

  static void main() {
    try (var shared = Shared.open();
        var pool = Pool.processes(4)) {
      SharedDoubleArray roots = shared.doubleArray(LENGTH);

      List<Long> filled = pool.map(quarter -> fill(roots, quarter), List.of(0, 1, 2, 3));

      IO.println("Filled: " + filled);
      IO.println("The root of 144 is " + roots.get(144));
      IO.println("The root of 998001 is " + roots.get(998_001));
    }
  }

  private static long fill(SharedDoubleArray roots, int quarter) {
    long from = roots.length() / 4 * quarter;
    long to = roots.length() / 4 * (quarter + 1);
    for (long i = from; i < to; i++) {
      roots.set(i, Math.sqrt((double) i));
    }
    return to - from;
  }
}
