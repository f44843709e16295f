package dev.telar.benchmarks;

import dev.telar.Pool;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the parent's heap grows by while a long input is mapped that is never whole in memory.
/// Looked at ten times on the way, after a collection; the largest counts.
final class LazyMemory implements Contender {

  private static final int LOOKS = 10;
  private static final int WARM_UP = 100_000;

  private final int items;
  private @Nullable Pool pool;

  LazyMemory(int items) {
    this.items = items;
  }

  @Override
  public double first() {
    long start = System.nanoTime();
    Pool made = Pool.processes(2);
    pool = made;
    growth(made, WARM_UP);
    return System.nanoTime() - start;
  }

  @Override
  public double round() {
    Pool made = pool;
    if (made == null) {
      throw new IllegalStateException("first() makes the pool");
    }
    return growth(made, items);
  }

  private static double growth(Pool pool, int items) {
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

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
