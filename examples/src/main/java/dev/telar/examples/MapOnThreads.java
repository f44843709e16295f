package dev.telar.examples;

import dev.telar.Pool;
import java.util.List;

/// The same `map` as on processes: only the word after `Pool` is another. Threads see the caller's
/// own objects, start in microseconds and use all cores; they cannot be killed.
final class MapOnThreads {

  static void main() {
    try (Pool pool = Pool.threads(4)) {
      IO.println(pool.map(x -> x * x, List.of(1, 2, 3, 4, 5)));
    }
  }
}
