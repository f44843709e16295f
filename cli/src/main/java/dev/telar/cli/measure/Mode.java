package dev.telar.cli.measure;

import dev.telar.Pool;
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
  /// @param n how many threads or processes, where the mode has a bound
  /// @return the pool, or null for the plain loop
  @Nullable Pool open(int n) {
    return switch (this) {
      case SEQUENTIAL -> null;
      case THREADS -> Pool.threads(n);
      case VIRTUAL -> Pool.virtualThreads();
      case PROCESSES -> Pool.processes(n);
    };
  }

  /// How many items can be worked on at one instant.
  ///
  /// @param n as in [#open(int)]
  /// @param processors how many processors there are
  /// @return 1 or more; virtual threads are as many as there are items, but no more than
  ///   `processors` of them run at once
  int concurrency(int n, int processors) {
    return switch (this) {
      case SEQUENTIAL -> 1;
      case THREADS, PROCESSES -> n;
      case VIRTUAL -> processors;
    };
  }
}
