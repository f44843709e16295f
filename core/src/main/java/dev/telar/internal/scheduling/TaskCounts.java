package dev.telar.internal.scheduling;

import java.util.concurrent.atomic.LongAdder;

/// How many tasks of a pool came to what. Each accepted task is counted as submitted once, and once
/// as one of completed, failed, timed out and cancelled.
final class TaskCounts {
  final LongAdder submitted = new LongAdder();
  final LongAdder completed = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder timedOut = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder rejected = new LongAdder();

  /// Tasks that were accepted and have not ended.
  long pending() {
    long ended = completed.sum() + failed.sum() + timedOut.sum() + cancelled.sum();
    return Math.max(0, submitted.sum() - ended);
  }
}
