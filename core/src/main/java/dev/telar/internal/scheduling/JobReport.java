package dev.telar.internal.scheduling;

import dev.telar.PoolEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what a job comes to, and tells of it: that it came in, started and ended, each once and
/// in this order, whoever finds out first. Several may find out at one time (a start is seen by a
/// watch while the result comes in), so an event is told under the job's monitor; a job that nobody
/// watches never takes it. Jobs inherit this, so that such a one costs no further object.
abstract class JobReport {

  /// How a job ended.
  enum End {
    FINISHED,
    FAILED,
    TIMED_OUT,
    CANCELLED
  }

  private static final int SUBMITTED = 1;
  private static final int STARTED = 2;
  private static final int ENDED = 4;
  private static final VarHandle TOLD;

  static {
    try {
      TOLD = MethodHandles.lookup().findVarHandle(JobReport.class, "told", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Observation observation;
  private volatile int told;
  private long id;

  JobReport(Observation observation) {
    this.observation = observation;
  }

  /// What to call the job in messages.
  public abstract String name();

  /// How many tasks this job is.
  public abstract int size();

  /// Which attempt runs or comes next.
  public abstract int attempt();

  /// The name of the thread or process where the job is, if it is in one.
  abstract @Nullable String worker();

  private boolean first(int what) {
    return (told & what) == 0 && ((int) TOLD.getAndBitwiseOr(this, what) & what) == 0;
  }

  private PoolEvents events() {
    return observation.events();
  }

  private synchronized long id() {
    if (id == 0) {
      id = PoolEvents.nextId();
    }
    return id;
  }

  final Observation observation() {
    return observation;
  }

  /// The job is about to be in the queue, or in a slot.
  final void tellSubmitted() {
    if (events().isOn() && first(SUBMITTED)) {
      events()
          .tell(new PoolEvent.TaskSubmitted(Instant.now(), events().pool(), id(), name(), size()));
    }
  }

  /// The job is started now.
  public final void tellStarting() {
    if (events().isOn()) {
      tellStarted(System.nanoTime());
    }
  }

  /// The job runs.
  ///
  /// @param startedNanos since when, by [System#nanoTime()]
  public final void tellStarted(long startedNanos) {
    tellStarted(startedNanos, attempt());
  }

  /// The job runs, unless the worker has died meanwhile and it is to be run again.
  ///
  /// @param startedNanos since when, by [System#nanoTime()]
  /// @param attempt which attempt was seen to run
  public final void tellStarted(long startedNanos, int attempt) {
    if (!events().isOn() || (told & (STARTED | ENDED)) != 0) {
      return;
    }
    synchronized (this) {
      if (attempt == attempt() && (told & ENDED) == 0 && first(STARTED)) {
        announceStart(startedNanos);
      }
    }
  }

  private void announceStart(long startedNanos) {
    String worker = worker();
    events()
        .tell(
            new PoolEvent.TaskStarted(
                Instant.now().minusNanos(System.nanoTime() - startedNanos),
                events().pool(),
                id(),
                name(),
                worker == null ? "" : worker,
                attempt()));
  }

  /// The job was refused after all.
  final void tellRefused() {
    if ((told & SUBMITTED) != 0) {
      tellEnded(End.CANCELLED, 0, 0, 0, 0, 0, null);
    }
  }

  /// The job is to be run again.
  final void tellRetried(long tasks) {
    observation.counts().retried.add(tasks);
    TOLD.getAndBitwiseAnd(this, ~STARTED);
  }

  /// The job has ended; the first who says so is believed. Its tasks are counted: those that
  /// neither completed, failed nor exceeded a limit were cancelled, or are told by other jobs.
  ///
  /// @param nanos how long it ran, or 0 if that is not known
  final void tellEnded(
      End end,
      long completed,
      long failed,
      long late,
      long cancelled,
      long nanos,
      @Nullable Throwable error) {
    if (!events().isOn()) {
      if (first(ENDED)) {
        count(completed, failed, late, cancelled);
      }
      return;
    }
    synchronized (this) {
      boolean started = (told & STARTED) != 0;
      if (first(ENDED)) {
        count(completed, failed, late, cancelled);
        if (!started && nanos > 0) {
          announceStart(System.nanoTime() - nanos);
        }
        announceEnd(end, nanos, error);
      }
    }
  }

  private void count(long completed, long failed, long late, long cancelled) {
    TaskCounts counts = observation.counts();
    add(counts.completed, completed);
    add(counts.failed, failed);
    add(counts.timedOut, late);
    add(counts.cancelled, cancelled);
  }

  private static void add(LongAdder counter, long n) {
    if (n != 0) {
      counter.add(n);
    }
  }

  private void announceEnd(End end, long nanos, @Nullable Throwable error) {
    Instant now = Instant.now();
    String pool = events().pool();
    String worker = worker();
    PoolEvent event =
        switch (end) {
          case FINISHED ->
              new PoolEvent.TaskFinished(
                  now, pool, id(), name(), worker == null ? "" : worker, Duration.ofNanos(nanos));
          case FAILED -> new PoolEvent.TaskFailed(now, pool, id(), name(), worker, error);
          case TIMED_OUT -> new PoolEvent.TaskTimedOut(now, pool, id(), name(), worker);
          case CANCELLED -> new PoolEvent.TaskCancelled(now, pool, id(), name());
        };
    events().tell(event);
  }
}
