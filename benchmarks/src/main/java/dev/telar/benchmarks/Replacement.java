package dev.telar.benchmarks;

import dev.telar.ProcessPool;
import org.jspecify.annotations.Nullable;

/// Kills the only worker of a pool: how long until the next task has a result.
final class Replacement implements Contender {

  /// For a spare to be up and quiet; nothing outside the pool says when it is.
  private static final long REST_MILLIS = 1000;

  private final int spares;
  private @Nullable ProcessPool pool;

  /// A pool of one worker.
  ///
  /// @param spares how many others wait to take its place
  Replacement(int spares) {
    this.spares = spares;
  }

  @Override
  public double first() throws Exception {
    long start = System.nanoTime();
    ProcessPool made = ProcessPool.builder().workers(1).spares(spares).build();
    pool = made;
    made.submit(() -> 0).get();
    return System.nanoTime() - start;
  }

  @Override
  public double round() throws Exception {
    ProcessPool killed = pool;
    if (killed == null) {
      throw new IllegalStateException("first() makes it");
    }
    long victim = killed.submit(() -> ProcessHandle.current().pid()).get();
    Thread.sleep(REST_MILLIS);
    long start = System.nanoTime();
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    killed.submit(() -> 0).get();
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
