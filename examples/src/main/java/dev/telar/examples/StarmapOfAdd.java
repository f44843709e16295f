package dev.telar.examples;

import dev.telar.Pair;
import dev.telar.Pool;
import java.util.List;

/// Calls a function of two arguments once for each pair of a list.
final class StarmapOfAdd {

  static void main() {
    var pairs = List.of(Pair.of(1, 2), Pair.of(3, 4), Pair.of(5, 6));
    try (Pool pool = Pool.processes(2)) {
      List<Integer> sums = pool.starmap((x, y) -> x + y, pairs);
      IO.println(sums);
    }
  }
}
