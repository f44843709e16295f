package dev.telar.internal.scheduling;

import dev.telar.TaskOptions;
import dev.telar.WorkerCrashedException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// A single task and its future.
public final class TaskJob extends Job {

  private final PoolFuture<?> future;
  private final Object packed;
  private final Admission.@Nullable Place place;

  /// A task that is not submitted yet.
  ///
  /// @param place its place among the unfinished tasks, if their number is limited
  TaskJob(
      PoolFuture<?> future,
      Object packed,
      TaskOptions options,
      Observation observation,
      Admission.@Nullable Place place) {
    super(options, observation);
    this.place = place;
    this.future = future;
    this.packed = packed;
  }

  /// What the engine made of the task.
  public Object packed() {
    return packed;
  }

  @Override
  public String name() {
    return future.name();
  }

  @Override
  void release() {
    if (packed instanceof Releasable releasable) {
      releasable.release();
    }
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  void onEnd() {
    leave();
    if (future.task() instanceof StatefulCall call) {
      call.state().release();
    }
  }

  @Override
  public long estimatedNanos() {
    return observation().durations().average();
  }

  /// The task has returned.
  ///
  /// @param nanos how long it ran
  public void succeed(@Nullable Object value, long nanos) {
    observation().durations().record(nanos);
    release(); // now, so that whoever waits for this and submits the next finds it free
    leave();
    if (timedOut()) {
      tellEnded(End.TIMED_OUT, 0, 0, 1, 0, nanos, null);
      future.settle(null, timeoutError());
    } else {
      tellEnded(End.FINISHED, 1, 0, 0, 0, nanos, null);
      future.settle(value, null);
    }
  }

  @Override
  public void fail(Throwable error) {
    leave();
    boolean late = timedOut(); // which may come to be at any time
    if (late) {
      tellEnded(End.TIMED_OUT, 0, 0, 1, 0, 0, null);
    } else if (error instanceof CancellationException) {
      tellEnded(End.CANCELLED, 0, 0, 0, 1, 0, null);
    } else {
      tellEnded(End.FAILED, 0, 1, 0, 0, 0, error);
    }
    future.settle(null, late ? timeoutError() : error);
  }

  @Override
  public void lost(Scheduler scheduler, WorkerCrashedException cause, int item) {
    if (mayRetry(cause, 0)) {
      crashed(cause);
      tellRetried(1);
      scheduler.retry(this, backoffNanos());
    } else {
      fail(unwanted() ? new CancellationException() : quarantine(cause));
      scheduler.ended(this);
    }
  }

  /// Makes room for another task.
  void leave() {
    if (place != null) {
      place.leave();
    }
  }

  /// The task as it was submitted, for `shutdownNow`.
  Runnable original() {
    return future.original();
  }

  /// Cancels the future without stopping anything: the job was never started.
  void cancelUnstarted() {
    future.settle(null, new CancellationException());
  }
}
