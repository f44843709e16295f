package dev.telar.benchmarks;

import dev.telar.Pool;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Work that only computes.
final class Cpu {

  /// About 0.1 ms.
  static final int SMALL = 50_000;

  private static final int LARGE_TIMES = 50;
  private static final int PARTS = 24;
  private static final int PART = 2_000_000; // about 4 ms

  private Cpu() {}

  /// Steps of a generator of random numbers (xorshift): no memory, and nothing that a compiler
  /// could leave out. (Of sixteen steps of a linear congruence it makes a single one, by
  /// arithmetic.)
  static long compute(int steps) {
    long state = steps;
    for (int i = 0; i < steps; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    return state;
  }

  /// Equal parts of such work on so many workers.
  static Contender parts(int workers) {
    List<Integer> parts = Collections.nCopies(PARTS, PART);
    long result = compute(PART);
    return new PoolContender<Pool>(
        () -> Pool.processes(workers),
        PARTS,
        pool -> Check.same(result, pool.submit(() -> compute(PART)).get()),
        pool -> pool.map(Cpu::compute, parts).forEach(each -> Check.same(result, each)));
  }

  /// The same parts on so many threads of this JVM: what this machine has to give.
  static Contender bareParts(int threads) {
    List<Callable<Long>> parts = Collections.nCopies(PARTS, () -> compute(PART));
    long result = compute(PART);
    return new PoolContender<ExecutorService>(
        () -> Executors.newFixedThreadPool(threads),
        PARTS,
        executor -> Check.same(result, executor.submit(() -> compute(PART)).get()),
        executor -> {
          for (Future<Long> future : executor.invokeAll(parts)) {
            Check.same(result, future.get());
          }
        });
  }

  /// Items of which one in a hundred takes 50 times longer. The factor is the time of the whole to
  /// that of the ideal schedule for the processor time that the items took in their workers: half
  /// of its sum, or the longest. (With wall time, an item that had to wait for a processor would
  /// excuse itself.)
  static final class Uneven implements Contender {
    private final List<Integer> steps;
    private @Nullable Pool pool;

    /// So many of them, the large ones anywhere, at the same places in every run.
    Uneven(int items) {
      List<Integer> all = new ArrayList<>(Collections.nCopies(items - items / 100, SMALL));
      all.addAll(Collections.nCopies(items / 100, SMALL * LARGE_TIMES));
      Collections.shuffle(all, new Random(1));
      steps = List.copyOf(all);
    }

    @Override
    public double first() throws Exception {
      long start = System.nanoTime();
      Pool made = Pool.processes(2);
      pool = made;
      var _ = made.submit(() -> timed(SMALL)).get();
      return System.nanoTime() - start;
    }

    @Override
    public double round() {
      Pool made = pool;
      if (made == null) {
        throw new IllegalStateException("first() makes the pool");
      }
      long start = System.nanoTime();
      List<Long> took = made.map(Cpu::timed, steps);
      double whole = System.nanoTime() - start;
      double sum = took.stream().mapToLong(Long::longValue).sum();
      double longest = took.stream().mapToLong(Long::longValue).max().orElse(0);
      return whole / Math.max(sum / 2, longest);
    }

    @Override
    public void close() {
      if (pool != null) {
        pool.close();
      }
    }
  }

  private static long timed(int steps) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    if (compute(steps) == 0) {
      return 0; // it never is; but the compiler does not know
    }
    return threads.getCurrentThreadCpuTime() - start;
  }
}
