package dev.telar.benchmarks;

import dev.telar.Pool;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Maps a cheap function over many integers: what one item costs when chunks pay for the transport.
final class MapContender implements Contender {

  static final int ITEMS = 100_000;

  private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
  private final Supplier<? extends Pool> factory;
  private @Nullable Pool pool;

  MapContender(Supplier<? extends Pool> factory) {
    this.factory = factory;
  }

  @Override
  public double first() {
    long start = System.nanoTime();
    Pool made = factory.get();
    pool = made;
    map(made);
    return System.nanoTime() - start;
  }

  @Override
  public double round() {
    Pool made = pool;
    if (made == null) {
      throw new IllegalStateException("first() makes the pool");
    }
    long start = System.nanoTime();
    map(made);
    return (double) (System.nanoTime() - start) / ITEMS;
  }

  private void map(Pool made) {
    List<Integer> results = made.map(x -> x + 1, items);
    if (results.size() != ITEMS || results.get(ITEMS - 1) != ITEMS) {
      throw new IllegalStateException("wrong results");
    }
  }

  @Override
  public void close() {
    Pool made = pool;
    if (made != null) {
      made.close();
    }
  }
}
