package dev.telar.internal.scheduling;

import dev.telar.WorkerCrashedException;
import org.jspecify.annotations.Nullable;

/// Some consecutive items of a [Flow] and the function for them.
public final class ChunkJob extends Job {

  private final Flow flow;
  private final long index;
  private final @Nullable Object[] items;
  private final long estimate;

  ChunkJob(Flow flow, long index, @Nullable Object[] items, long estimate) {
    super(flow.options());
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
  int size() {
    return items.length;
  }

  @Override
  public long estimatedNanos() {
    return estimate;
  }

  /// The chunk has run, to its end or to the first item that failed.
  ///
  /// @param nanos how long it ran
  public void complete(ChunkResult result, long nanos) {
    flow.finished(this, timedOut() ? cutShort(result) : result, nanos);
  }

  /// The results that were there when the time limit of the next item was exceeded.
  private ChunkResult cutShort(ChunkResult result) {
    return new ChunkResult() {
      @Override
      public int size() {
        return Math.min(result.size(), items.length - 1);
      }

      @Override
      public @Nullable Object next() throws Exception {
        return result.next();
      }

      @Override
      public Throwable failure() {
        return timeoutError();
      }
    };
  }

  @Override
  public void fail(Throwable error) {
    Throwable reason = timedOut() ? timeoutError() : error;
    flow.finished(this, ChunkResult.of(new Object[0], 0, reason), 0);
  }

  @Override
  public void lost(Scheduler scheduler, WorkerCrashedException cause) {
    if (mayRetry()) {
      scheduler.requeue(this);
    } else {
      fail(cause);
      scheduler.ended(this);
    }
  }
}
