package dev.telar.internal.process;

import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;

/// The place of a worker that ended because it had nothing to do: woken by work, it starts another
/// one, which will ask for that work itself.
final class AbsentWorker implements Slot {

  private final Scheduler scheduler;
  private final Runnable start;

  AbsentWorker(Scheduler scheduler, Runnable start) {
    this.scheduler = scheduler;
    this.start = start;
  }

  @Override
  public void wake() {
    scheduler.forget(this);
    start.run();
  }

  @Override
  public void cancel(Job job, boolean interrupt) {}

  @Override
  public void timeOut(Job job) {}

  @Override
  public long startedNanos(Job job) {
    return 0;
  }
}
