package dev.telar.internal.threads;

import dev.telar.TaskProgress;
import dev.telar.WorkerStats;
import dev.telar.WorkerStats.RunningTask;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import dev.telar.internal.scheduling.TaskStack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One platform thread that runs jobs one after another. It is started by the first job it is woken
/// for.
final class ThreadSlot implements Slot {

  private final Scheduler scheduler;
  private final Runnable onEnd;
  private final String name;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile @Nullable Thread thread;
  private volatile @Nullable LocalRun run;
  private final LocalUsage usage = new LocalUsage();
  private volatile boolean woken;
  private volatile boolean stopped;

  /// A slot whose thread is not started.
  ///
  /// @param onEnd is run once, when the slot has been stopped and its thread is about to end
  ThreadSlot(Scheduler scheduler, String name, Runnable onEnd) {
    this.scheduler = scheduler;
    this.onEnd = onEnd;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  /// What it does now.
  WorkerStats stats() {
    LocalRun current = run;
    List<RunningTask> running = current == null ? List.of() : current.running();
    return usage.stats(name, running, 1);
  }

  List<TaskStack> stacks() {
    LocalRun current = run;
    return current == null ? List.of() : current.stacks(name);
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
          scheduler.wakeHelperFor(job);
          long start = System.nanoTime();
          try {
            Objects.requireNonNull(run).run(job, this, scheduler);
          } finally {
            usage.ran(job, System.nanoTime() - start);
          }
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
      start();
    }
  }

  private void start() {
    try {
      Thread first = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
      run = new LocalRun(first);
      thread = first;
      first.start();
    } catch (RuntimeException | Error e) { // there is no thread to be had
      started.set(false);
      scheduler.failedToWake(this);
      throw e;
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
    LocalRun current = run;
    if (current != null) {
      current.interruptAny();
    }
  }

  @Override
  public void cancel(Job job, boolean interrupt) {
    LocalRun current = run;
    if (interrupt && current != null) {
      current.interrupt(job);
    }
  }

  @Override
  public boolean timeOut(Job job) {
    LocalRun current = run;
    if (current != null) {
      current.timeOut(job);
    }
    return job.size() > 1;
  }

  @Override
  public int item(Job job) {
    LocalRun current = run;
    return current == null ? 0 : current.item(job);
  }

  @Override
  public long startedNanos(Job job) {
    LocalRun current = run;
    return current == null ? 0 : current.startedNanos(job);
  }

  @Override
  public long reportedNanos(Job job) {
    LocalRun current = run;
    return current == null ? 0 : current.reportedNanos(job);
  }

  @Override
  public @Nullable TaskProgress progress(Job job) {
    LocalRun current = run;
    return current == null ? null : current.progress(job);
  }
}
