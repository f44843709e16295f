package dev.telar.internal.process;

import dev.telar.WorkerCrashedException;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Scheduler;
import java.util.ArrayList;
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

  /// Finds out how it died, and deals with its jobs, even if that cannot be found out.
  ///
  /// @param expected whether it was told to end
  void hold(WorkerEvents events, boolean expected) {
    try {
      var _ = dead.bury();
      events.gone(dead, expected);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    } finally {
      giveUp();
    }
  }

  private void giveUp() {
    SentJobs.Left left = jobs.giveUp();
    for (Sent sent : left.running()) {
      int item = dead.page().item(sent.entry());
      sent.job().lost(scheduler, CrashReport.of(dead, sent), item);
    }
    List<Sent> waiting = new ArrayList<>(left.waiting());
    if (left.running().isEmpty() && !waiting.isEmpty()) { // unexplained
      Sent first = waiting.getFirst();
      WorkerCrashedException cause = CrashReport.of(dead, first);
      if (first.job().suspected(cause)) {
        waiting.removeFirst();
        first.job().giveUp(cause);
        scheduler.ended(first.job());
      }
    }
    waiting.reversed().forEach(sent -> scheduler.requeue(sent.job()));
  }
}
