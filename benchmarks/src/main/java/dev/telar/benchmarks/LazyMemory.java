package dev.telar.benchmarks;

import dev.telar.Pool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the parent grows by while a long input is mapped that is never whole in memory. Looked at
/// ten times on the way, after a collection; the largest counts.
final class LazyMemory implements Contender {

  private static final int LOOKS = 10;
  private static final int WARM_UP = 100_000;

  /// What counts.
  @FunctionalInterface
  interface Gauge {
    long bytes() throws IOException;
  }

  private final int items;
  private final Gauge gauge;
  private @Nullable Pool pool;

  LazyMemory(int items, Gauge gauge) {
    this.items = items;
    this.gauge = gauge;
  }

  /// What the objects of this JVM take.
  static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// What this process has in memory (RSS).
  static long resident() throws IOException {
    return Proc.bytes("self/status", "VmRSS:");
  }

  @Override
  public double first() throws Exception {
    long start = System.nanoTime();
    Pool made = Pool.processes(2);
    pool = made;
    Check.same(1, made.submit(() -> 1).get());
    long nanos = System.nanoTime() - start;
    growth(made, WARM_UP);
    return nanos;
  }

  @Override
  public double round() throws IOException {
    Pool made = pool;
    if (made == null) {
      throw new IllegalStateException("first() makes the pool");
    }
    return growth(made, items);
  }

  private double growth(Pool pool, int items) throws IOException {
    long before = used();
    long most = before;
    Iterable<Integer> input = () -> IntStream.range(0, items).iterator();
    try (Stream<Integer> results = pool.stream(x -> x + 1, input)) {
      int taken = 0;
      for (Iterator<Integer> each = results.iterator(); each.hasNext(); ) {
        taken++;
        Check.same(taken, each.next());
        if (taken % (items / LOOKS) == 0 && taken < items) {
          most = Math.max(most, used());
        }
      }
      Check.same(items, taken);
    }
    return most - before;
  }

  private long used() throws IOException {
    System.gc();
    return gauge.bytes();
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
