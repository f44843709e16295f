package dev.telar.internal.process;

import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.wire.FrameType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How one worker comes to take no more jobs, and ends in good order: it has run its tasks, is old,
/// has nothing to do, is unfit for others, or the pool is closed.
///
/// ```
///   recycle, leave   another worker takes its place; what waits in it goes there
///   retire           it takes no more jobs
///   end              it has none left: it is told to end, and killed if it does not
/// ```
final class Retirement {

  private static final long SHUTDOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final ProcessSlot slot;
  private final ProcessEngine engine;
  private final Scheduler scheduler;
  private final SentJobs jobs;
  private final int tasksLimit;
  private volatile boolean ending;
  private volatile long lastWork = System.nanoTime();

  /// The retirement of a worker that is not started yet.
  ///
  /// @param tasksLimit how many jobs it takes in its life; 0: no limit
  Retirement(
      ProcessSlot slot, ProcessEngine engine, Scheduler scheduler, SentJobs jobs, int tasksLimit) {
    this.slot = slot;
    this.engine = engine;
    this.scheduler = scheduler;
    this.jobs = jobs;
    this.tasksLimit = tasksLimit;
  }

  /// Whether the worker has been told to end, so that its end is no accident.
  boolean isEnding() {
    return ending;
  }

  /// The worker has done something.
  void worked() {
    if (engine.idleNanos() > 0) {
      lastWork = System.nanoTime();
    }
  }

  // In favour of another one.

  /// Ends the worker in favour of another one: it takes no more jobs, what waits in it goes
  /// elsewhere, and what runs in it is waited for.
  ///
  /// @param reason completes "it is replaced: …"
  /// @return whether it took jobs until now
  boolean recycle(String reason) {
    if (!retire()) {
      return false;
    }
    engine.replace(slot, reason);
    giveAllBack();
    return true;
  }

  /// The worker is of no use any more: what runs in it will not be waited for.
  void leave(String reason) {
    if (!recycle(reason)) { // it was leaving already
      giveAllBack();
    }
  }

  /// The worker and what it has started take more memory than they should, but not more than they
  /// may: it is replaced when it has done what it has. It does one job at least, lest a limit that
  /// is too low for any worker make an endless row of them.
  void leaveForMemory(String reason) {
    if (jobs.isOpen() && !jobs.untouched()) {
      var _ = recycle(reason);
    }
  }

  /// Ends the worker in favour of another one if it has taken as many jobs as it may.
  void retireIfSpent() {
    if (jobs.isSpent() && retire()) {
      engine.replace(slot, "it has run its " + tasksLimit + " tasks");
    }
  }

  private void giveAllBack() {
    for (Job job; (job = jobs.takeBackLast()) != null; ) {
      scheduler.requeue(job);
    }
    endIfRetired();
  }

  // The end.

  /// Takes no more jobs.
  ///
  /// @return whether the worker took some until now
  boolean retire() {
    boolean first = jobs.retire();
    if (first) {
      scheduler.retire(slot);
    }
    return first;
  }

  /// Ends the worker if it takes no more jobs and has none.
  void endIfRetired() {
    if (jobs.isFinished()) {
      ending = true;
      WorkerProcess worker = slot.worker();
      worker.control().write(FrameType.SHUTDOWN);
      var _ = Deadlines.after(SHUTDOWN_NANOS, () -> Callbacks.runUntrusted(worker::killIfAlive));
    }
  }

  /// Ends the worker when it has nothing to do any more, at the latest after a second and a half;
  /// at once if it is not up yet.
  ///
  /// @param worker the process, if it has been started
  void close(@Nullable WorkerProcess worker) {
    boolean starting = jobs.close();
    if (starting) {
      ending = true; // what follows is no accident
    }
    if (starting && worker != null) {
      Callbacks.runUntrusted(worker::kill);
    }
    endIfRetired();
  }

  // Age and idleness.

  /// The worker begins to take jobs.
  void watch() {
    watchAge();
    long limit = engine.idleNanos();
    if (limit > 0) {
      var _ = Deadlines.after(limit, () -> endIfIdle(limit));
    }
  }

  /// The worker is old some time after now.
  void watchAge() {
    long limit = engine.lifetimeNanos();
    if (limit > 0) {
      var _ = Deadlines.after(limit, () -> engine.relieve(slot));
    }
  }

  private void endIfIdle(long limit) {
    if (!jobs.isOpen()) {
      return;
    }
    long left = jobs.isEmpty() ? limit - (System.nanoTime() - lastWork) : limit;
    if (left > 0) {
      var _ = Deadlines.after(left, () -> endIfIdle(limit));
    } else if (!engine.maySpare(slot)) {
      var _ = Deadlines.after(limit, () -> endIfIdle(limit));
    } else if (retire()) {
      engine.idled(slot);
      endIfRetired();
    }
  }
}
