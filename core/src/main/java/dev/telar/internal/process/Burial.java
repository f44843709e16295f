package dev.telar.internal.process;

import dev.telar.WorkerCrashedException;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Scheduler;
import java.util.List;

/// What becomes of a dead worker and of the jobs that it had: what it was running is to blame, what
/// it had not started goes elsewhere.
final class Burial {

  private final WorkerProcess dead;
  private final SentJobs jobs;
  private final Scheduler scheduler;

  Burial(WorkerProcess dead, SentJobs jobs, Scheduler scheduler) {
    this.dead = dead;
    this.jobs = jobs;
    this.scheduler = scheduler;
  }

  /// Deals with the jobs and finds out how it died, even if that cannot be found out. What is not
  /// to blame does not wait for that: looking for all that a worker has started takes milliseconds.
  ///
  /// @param expected whether it was told to end
  void hold(WorkerEvents events, boolean expected) {
    List<Sent> waiting = jobs.giveUpWaiting();
    boolean unexplained = jobs.isEmpty() && !waiting.isEmpty();
    Sent first = unexplained ? waiting.getFirst() : null;
    boolean held = first != null && first.job().isNearlySuspected();
    requeue(held ? waiting.subList(1, waiting.size()) : waiting);
    try {
      var _ = dead.bury();
      events.gone(dead, expected);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    } finally {
      blame();
      if (first != null) {
        count(first, held);
      }
    }
  }

  private void requeue(List<Sent> waiting) {
    waiting.reversed().forEach(sent -> scheduler.requeue(sent.job()));
  }

  private void blame() {
    for (Sent sent : jobs.giveUpRunning()) {
      int item = dead.page().item(sent.entry());
      sent.job().lost(scheduler, CrashReport.of(dead, sent), item);
    }
  }

  /// The worker would have started this job next. One that was not held is elsewhere by now; if it
  /// is to blame, the next worker that dies will tell.
  private void count(Sent first, boolean held) {
    WorkerCrashedException cause = CrashReport.of(dead, first);
    boolean suspected = first.job().suspected(cause);
    if (held && suspected) {
      first.job().giveUp(cause);
      scheduler.ended(first.job());
    } else if (held) {
      scheduler.requeue(first.job());
    }
  }
}
