package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Pools that are made, used once and closed: how long until their workers work.
final class AllWorkers {

  private static final int OCCUPIED_MILLIS = 300;
  private static final int OCCUPIED_MILLIS_PER_WORKER = 60;

  private AllWorkers() {}

  /// Until the pool's first result.
  static Contender first(int workers) {
    return each(
        () -> {
          long start = System.nanoTime();
          try (ProcessPool pool = Pool.processes(workers)) {
            Check.same(1, pool.submit(() -> 1).get());
            return System.nanoTime() - start;
          }
        });
  }

  /// What each worker beyond the first adds to the time until all have begun a task. (Counted from
  /// the first of the same pool, it would be next to nothing if all start together.)
  static Contender further(int workers) {
    return each(() -> (begun(workers) - begun(1)) / (double) (workers - 1));
  }

  /// Until every worker has begun a task, by worker.
  static Contender each(int workers) {
    return each(() -> begun(workers) / (double) workers);
  }

  /// From the making of a pool until its last worker has begun a task; the monotonic clock of Linux
  /// is the same in all processes. Each task keeps its worker for long enough for the others to
  /// start.
  private static long begun(int workers) throws Exception {
    int millis = workers == 1 ? 0 : OCCUPIED_MILLIS + workers * OCCUPIED_MILLIS_PER_WORKER;
    long start = System.nanoTime();
    try (ProcessPool pool = Pool.processes(workers)) {
      List<TaskFuture<long[]>> futures = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        futures.add(pool.submit(() -> occupy(millis)));
      }
      Set<Long> pids = new HashSet<>();
      long last = 0;
      for (TaskFuture<long[]> future : futures) {
        long[] answer = future.get();
        pids.add(answer[0]);
        last = Math.max(last, answer[1] - start);
      }
      Check.same(workers, pids.size());
      return last;
    }
  }

  private static long[] occupy(int millis) throws InterruptedException {
    long now = System.nanoTime();
    Thread.sleep(millis);
    return new long[] {ProcessHandle.current().pid(), now};
  }

  /// One round.
  @FunctionalInterface
  private interface Round {
    double nanos() throws Exception;
  }

  private static Contender each(Round round) {
    return new Contender() {
      @Override
      public double first() throws Exception {
        return round.nanos();
      }

      @Override
      public double round() throws Exception {
        return round.nanos();
      }

      @Override
      public void close() {}
    };
  }
}
