package dev.telar.internal.threads;

import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// One platform thread that runs jobs one after another. It is started by the first job it is woken
/// for.
final class ThreadSlot implements Slot {

  private final Scheduler scheduler;
  private final Runnable onEnd;
  private final Thread thread;
  private final LocalRun run;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean woken;
  private volatile boolean stopped;

  /// A slot whose thread is not started.
  ///
  /// @param onEnd is run once, when the slot has been stopped and its thread is about to end
  ThreadSlot(Scheduler scheduler, String name, Runnable onEnd) {
    this.scheduler = scheduler;
    this.onEnd = onEnd;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
    this.run = new LocalRun(thread);
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  private void work() {
    try {
      while (!stopped) {
        woken = false;
        Job job = scheduler.next(this, true);
        if (job != null) {
          run.run(job, this, scheduler);
        } else {
          while (!woken && !stopped) {
            LockSupport.park(this);
          }
        }
      }
    } finally {
      onEnd.run();
    }
  }

  @Override
  public void wake() {
    woken = true;
    if (started.get() || !started.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    } else {
      thread.start();
    }
  }

  void stop() {
    stopped = true;
    if (started.compareAndSet(false, true)) {
      onEnd.run();
    } else {
      LockSupport.unpark(thread);
    }
  }

  void stopRunning() {
    run.interruptAny();
  }

  @Override
  public void cancel(Job job, boolean interrupt) {
    if (interrupt) {
      run.interrupt(job);
    }
  }

  @Override
  public void timeOut(Job job) {
    job.fail(job.timeoutError());
    run.interrupt(job);
  }

  @Override
  public long startedNanos(Job job) {
    return run.startedNanos(job);
  }
}
