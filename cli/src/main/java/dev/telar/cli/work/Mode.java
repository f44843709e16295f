package dev.telar.cli.work;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A way to run a job.
public enum Mode {
  /// A plain loop, without any pool.
  SEQUENTIAL("sequential"),
  /// [Pool#threads(int)].
  THREADS("platform threads"),
  /// [Pool#virtualThreads()].
  VIRTUAL("virtual threads"),
  /// [Pool#processes(int)].
  PROCESSES("processes");

  private final String title;

  Mode(String title) {
    this.title = title;
  }

  /// The name in tables and sentences.
  ///
  /// @return two words at most
  public String title() {
    return title;
  }

  /// The name in options and JSON, also what picocli reads.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Opens the pool of this mode.
  ///
  /// @param lanes how many threads or processes, where the mode has a bound
  /// @return the pool, or null for the plain loop
  public @Nullable Pool open(Lanes lanes) {
    return switch (this) {
      case SEQUENTIAL -> null;
      case THREADS -> Pool.threads(lanes.threads());
      case VIRTUAL -> Pool.virtualThreads();
      case PROCESSES ->
          ProcessPool.builder()
              .workers(lanes.workers())
              .threadsPerWorker(lanes.threadsPerWorker())
              .build();
    };
  }

  /// How many items can be computed at one instant.
  ///
  /// @param lanes as in [#open(Lanes)]
  /// @param processors how many processors there are
  /// @return 1 or more; virtual threads are as many as there are items, but no more than
  ///   `processors` of them run at once
  public int concurrency(Lanes lanes, int processors) {
    return switch (this) {
      case SEQUENTIAL -> 1;
      case THREADS -> lanes.threads();
      case VIRTUAL -> processors;
      case PROCESSES -> lanes.workers() * lanes.threadsPerWorker();
    };
  }

  /// In how many JVMs the items run.
  ///
  /// @param lanes as in [#open(Lanes)]
  /// @return 1 or more
  public int jvms(Lanes lanes) {
    return this == PROCESSES ? lanes.workers() : 1;
  }
}
