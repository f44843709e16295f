package dev.telar.internal.scheduling;

import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Some consecutive items of a [Flow] and the function for them.
public final class ChunkJob extends Job {

  private final Flow flow;
  private final long index;
  private final @Nullable Object[] items;
  private final long estimate;
  private final BitSet passedOn = new BitSet(0);

  ChunkJob(Flow flow, long index, @Nullable Object[] items, long estimate) {
    super(flow.options(), flow.observation());
    this.flow = flow;
    this.index = index;
    this.items = items;
    this.estimate = estimate;
  }

  /// What the engine made of the function.
  public Object function() {
    return flow.function();
  }

  /// What the engine made of the items.
  public @Nullable Object[] items() {
    return items;
  }

  /// The position of the first item in the input.
  long index() {
    return index;
  }

  @Override
  public String name() {
    return items.length == 1
        ? flow.name() + " item " + index
        : flow.name() + " items " + index + "–" + (index + items.length - 1);
  }

  /// What to call one item in messages.
  public String nameOfItem(int i) {
    return flow.name() + " item " + (index + i);
  }

  @Override
  void release() {
    for (int i = 0; i < items.length; i++) {
      if (!passedOn.get(i) && items[i] instanceof Releasable releasable) {
        releasable.release();
      }
    }
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public long estimatedNanos() {
    return estimate;
  }

  /// Whether failures are results like others: each item is run, whatever became of those before.
  public boolean collectsFailures() {
    return flow.collectsFailures();
  }

  /// The chunk has run, to its end or to the first item that failed, or was stopped.
  ///
  /// @param stopped whether it was stopped: no item was started after the one that was told to end
  /// @param nanos how long it ran
  public void complete(ChunkResult result, boolean stopped, long nanos) {
    Expiry exceeded = stopped || items.length == 1 ? expiry() : null;
    if (exceeded != null && collectsFailures() && result.size() > exceeded.item()) {
      var known = LateItem.among(result, exceeded.item(), error(exceeded, exceeded.item()));
      complete(known, exceeded, result.size(), nanos);
    } else {
      ChunkResult known = exceeded == null ? result : cutShort(result, exceeded);
      complete(known, exceeded, known.size() + 1, nanos); // the failed item included
    }
  }

  /// @param done how many items have a result or a failure; what comes after them was not started
  private void complete(ChunkResult known, @Nullable Expiry exceeded, int done, long nanos) {
    if (collectsFailures() && done < items.length && !unwanted()) {
      tellEnded(known, exceeded, 0, nanos);
      var rest = part(done, items.length);
      if (flow.replace(this, List.of(rest))) {
        flow.measured(known.size(), nanos);
        flow.deliver(index, done, known);
        flow.requeue(rest);
      }
    } else {
      tellEnded(known, exceeded, Math.max(0, items.length - done), nanos);
      flow.finished(this, known, nanos);
    }
  }

  /// @param unrun how many items nobody will run
  private void tellEnded(ChunkResult result, @Nullable Expiry exceeded, int unrun, long nanos) {
    int failures = collectsFailures() ? result.failures() : 0;
    int completed = result.size() - failures;
    if (exceeded != null && result.size() > exceeded.item()) {
      tellEnded(End.TIMED_OUT, completed, failures - 1, 1, unrun, nanos, null);
    } else if (result.size() == items.length) {
      tellEnded(End.FINISHED, completed, failures, 0, 0, nanos, null);
    } else if (unwanted()) {
      tellEnded(End.CANCELLED, completed, failures, 0, unrun + 1, nanos, null);
    } else if (exceeded != null) {
      tellEnded(End.TIMED_OUT, completed, failures, 1, unrun, nanos, null);
    } else {
      tellEnded(End.FAILED, completed, failures + 1, 0, unrun, nanos, null);
    }
  }

  private TaskTimeoutException error(Expiry exceeded, int item) {
    return exceeded.error(nameOfItem(item));
  }

  /// The results that were there when the time limit of the next item was exceeded.
  private ChunkResult cutShort(ChunkResult result, Expiry exceeded) {
    int size = Math.min(result.size(), Math.min(exceeded.item(), items.length - 1));
    return new ChunkResult() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public int failures() {
        return Math.min(result.failures(), size);
      }

      @Override
      public @Nullable Object next() throws Exception {
        return result.next();
      }

      @Override
      public Throwable failure() {
        return error(exceeded, size);
      }
    };
  }

  @Override
  public void fail(Throwable error) {
    fail(error, expiry(), name());
  }

  /// @param exceeded the time limit that was exceeded, if that is why
  /// @param late what exceeded it
  private void fail(Throwable error, @Nullable Expiry exceeded, String late) {
    Throwable reason = exceeded == null ? error : exceeded.error(late);
    int lost = collectsFailures() ? items.length : 1;
    int unrun = items.length - lost;
    if (error instanceof CancellationException) {
      tellEnded(End.CANCELLED, 0, 0, 0, items.length, 0, null);
    } else if (exceeded != null) {
      tellEnded(End.TIMED_OUT, 0, lost - 1, 1, unrun, 0, null);
    } else {
      tellEnded(End.FAILED, 0, lost, 0, unrun, 0, error);
    }
    flow.finished(this, ChunkResult.of(new Object[0], 0, reason), 0);
  }

  /// A chunk of some of these items.
  ChunkJob part(int from, int to) {
    passedOn.set(from, to); // theirs to release
    return new ChunkJob(
        flow,
        index + from,
        Arrays.copyOfRange(items, from, to),
        estimate * (to - from) / items.length);
  }

  /// One item is to blame. What came after it was not started; the results of what came before are
  /// lost with the worker.
  @Override
  public void lost(Scheduler scheduler, WorkerCrashedException cause, int item) {
    int guilty = Math.clamp(item, 0, items.length - 1);
    boolean retried = mayRetry(cause, guilty);
    Expiry exceeded = isLate(guilty) ? expiry() : null;
    if (unwanted() || !(retried || collectsFailures())) {
      fail(quarantine(cause), exceeded, nameOfItem(guilty));
    } else {
      new LostChunk(this, flow, cause, guilty, retried, exceeded).split(scheduler);
    }
    scheduler.ended(this);
  }
}
