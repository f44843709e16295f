package dev.telar.internal.scheduling;

import dev.telar.WorkerCrashedException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What is left of a chunk whose worker died: it is taken apart, so that one item pays for it and
/// not its neighbours.
///
/// ```
///   had run, results lost      running: to blame      not started
///   ├── one by one again ──┤   ├ again, alone, ┤      ├── again, as a chunk ──┤
///   if options allow reruns    as often as allowed     always
/// ```
///
/// What runs again alone cannot take others along a second time.
final class LostChunk {

  private final ChunkJob whole;
  private final Flow flow;
  private final WorkerCrashedException cause;
  private final int guilty;
  private final boolean retried;
  private final @Nullable Expiry exceeded;

  /// Takes a chunk that was lost.
  ///
  /// @param guilty the item that was running
  /// @param retried whether it may be tried again
  /// @param exceeded the time limit that it had exceeded, if it had
  LostChunk(
      ChunkJob whole,
      Flow flow,
      WorkerCrashedException cause,
      int guilty,
      boolean retried,
      @Nullable Expiry exceeded) {
    this.whole = whole;
    this.flow = flow;
    this.cause = cause;
    this.guilty = guilty;
    this.retried = retried;
    this.exceeded = exceeded;
  }

  /// Runs again what may be, and fails the rest.
  void split(Scheduler scheduler) {
    boolean rerun = whole.allowsRerun(cause);
    var again = new ArrayList<ChunkJob>();
    for (int i = 0; rerun && i < guilty; i++) {
      again.add(whole.part(i, i + 1));
    }
    int size = whole.items().length;
    if (guilty + 1 < size) {
      again.add(whole.part(guilty + 1, size));
    }
    ChunkJob suspect = whole.part(guilty, guilty + 1);
    suspect.crashed(whole.crashes());
    suspect.crashed(cause);
    var all = new ArrayList<>(again);
    if (retried) {
      all.add(suspect);
    }
    int lost = (rerun ? 0 : guilty) + (retried || exceeded != null ? 0 : 1);
    int late = exceeded != null ? 1 : 0;
    JobReport.End end = late > 0 ? JobReport.End.TIMED_OUT : JobReport.End.FAILED;
    whole.tellRetried((rerun ? guilty : 0) + (retried ? 1 : 0));
    whole.tellEnded(end, 0, lost, late, 0, 0, cause);
    if (!flow.replace(whole, all)) {
      return;
    }
    for (int i = 0; !rerun && i < guilty; i++) {
      fail(i, resultLost(i));
    }
    if (retried) {
      scheduler.retry(suspect, suspect.backoffNanos());
    } else {
      fail(
          guilty,
          exceeded != null ? exceeded.error(whole.nameOfItem(guilty)) : whole.quarantine(cause));
    }
    again.reversed().forEach(scheduler::requeue);
  }

  private void fail(int item, Throwable error) {
    flow.deliver(whole.index() + item, 1, ChunkResult.of(new Object[0], 0, error));
  }

  private WorkerCrashedException resultLost(int item) {
    String name = whole.nameOfItem(item);
    var lost =
        new WorkerCrashedException(
            name
                + " had run, but its result is lost, for it travels with that of "
                + whole.nameOfItem(guilty)
                + " (retries(1) runs it again, chunkSize(1) lets it travel alone): "
                + cause.getMessage(),
            name,
            cause.attempt(),
            cause.ran(),
            cause.death());
    lost.initCause(cause);
    return lost;
  }
}
