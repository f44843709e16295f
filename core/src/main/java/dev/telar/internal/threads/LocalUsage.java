package dev.telar.internal.threads;

import dev.telar.WorkerStats;
import dev.telar.WorkerStats.RunningTask;
import dev.telar.WorkerStats.State;
import dev.telar.internal.scheduling.Job;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// How much the threads of one slot have done.
final class LocalUsage {

  private final long since = System.nanoTime();
  private final LongAdder done = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void ran(Job job, long time) {
    done.add(job.size());
    nanos.add(time);
  }

  /// A snapshot. What runs now counts as time that was computed, too.
  ///
  /// @param threads how many threads there are to be idle; 0: as many as are needed
  WorkerStats stats(String name, List<RunningTask> running, int threads) {
    Duration busy = Duration.ofNanos(nanos.sum());
    for (RunningTask task : running) {
      busy = busy.plus(task.since());
    }
    Duration alive = Duration.ofNanos((System.nanoTime() - since) * threads);
    Duration idle = alive.compareTo(busy) > 0 ? alive.minus(busy) : Duration.ZERO;
    return new WorkerStats(
        name,
        ProcessHandle.current().pid(),
        running.isEmpty() ? State.IDLE : State.BUSY,
        running,
        0,
        done.sum(),
        0,
        Duration.ZERO,
        Duration.ZERO,
        idle,
        Duration.ZERO,
        busy,
        Duration.ZERO);
  }
}
