package dev.telar.internal.progress;

import org.jspecify.annotations.Nullable;

/// Takes the reports of the task that runs in a thread.
public interface ProgressSink {

  /// A report. Short, and does not throw.
  void report(long done, long total);

  /// Makes this sink that of the calling thread.
  default void bind() {
    Bound.THREAD.set(this);
  }

  /// Makes this sink that of all threads of this JVM that have none: it runs one task at a time.
  default void bindForAll() {
    Bound.rest = this;
  }

  /// Gives a report to the sink of the calling thread, if there is one.
  static void reportHere(long done, long total) {
    ProgressSink own = Bound.THREAD.get();
    ProgressSink sink = own != null ? own : Bound.rest;
    if (sink != null) {
      sink.report(done, total);
    }
  }

  /// Which threads have which sink.
  final class Bound {
    private static final ThreadLocal<@Nullable ProgressSink> THREAD = new ThreadLocal<>();
    private static volatile @Nullable ProgressSink rest;

    private Bound() {}
  }
}
