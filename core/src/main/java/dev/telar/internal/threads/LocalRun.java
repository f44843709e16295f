package dev.telar.internal.threads;

import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One job after another in one thread, each of which may be interrupted while it runs and not a
/// moment longer.
@SuppressWarnings("ReferenceEquality") // jobs have identity
final class LocalRun {

  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Job current;
  private volatile long started;

  LocalRun(Thread thread) {
    this.thread = thread;
  }

  /// Runs a job to its end in the current thread, which must be the one given above.
  void run(Job job, Slot slot, Scheduler scheduler) {
    begin(job);
    try {
      if (scheduler.isStopped()) { // it may have come too late for interruptAny()
        job.fail(new CancellationException("the pool was stopped"));
      } else if (!job.unwanted()) {
        Deadlines.watch(job, slot);
        LocalTasks.run(job, nanos -> started = nanos);
      }
    } finally {
      finish();
      scheduler.ended(job);
    }
  }

  private void begin(Job job) {
    lock.lock();
    try {
      current = job;
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    lock.lock();
    try {
      current = null;
      started = 0;
      var _ = Thread.interrupted(); // an interrupt was for the job that has just ended
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts the job if it is the one that runs.
  void interrupt(Job job) {
    lock.lock();
    try {
      if (current == job) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts whatever runs.
  void interruptAny() {
    lock.lock();
    try {
      if (current != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// When the job was started, or 0 if another one runs.
  long startedNanos(Job job) {
    lock.lock();
    try {
      return current == job ? started : 0;
    } finally {
      lock.unlock();
    }
  }
}
