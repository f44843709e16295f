package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import org.jspecify.annotations.Nullable;

/// What a worker holds that has run a task and waits for the next: its share of memory (PSS: pages
/// that several processes map count in parts).
final class Idle implements Contender {

  private static final int TASKS = 20;

  private @Nullable ProcessPool pool;

  @Override
  public double first() throws Exception {
    long start = System.nanoTime();
    ProcessPool made = Pool.processes(2);
    pool = made;
    Check.same(1, made.submit(() -> 1).get());
    double nanos = System.nanoTime() - start;
    made.map(x -> x + 1, Work.ints(TASKS));
    return nanos;
  }

  @Override
  public double round() throws Exception {
    ProcessPool made = pool;
    if (made == null) {
      throw new IllegalStateException("first() makes the pool");
    }
    Thread.sleep(200); // idle
    double bytes = 0;
    for (long pid : made.pids()) {
      bytes += Proc.bytes(pid + "/smaps_rollup", "Pss:");
    }
    return bytes / made.pids().size();
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
