package dev.telar.internal.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which thread runs which job, so that an interrupt hits a job while it runs and not the next one.
final class RunningJobs {

  /// A job that runs.
  static final class Running {
    private final Thread thread = Thread.currentThread();
    private volatile boolean stopped;
    private int item;

    private boolean isAt(int wanted) {
      return wanted < 0 || item == wanted;
    }

    /// Whether the parent wants it to end: no more items of a chunk are to be started.
    boolean stopped() {
      return stopped;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Running> jobs = new HashMap<>();

  /// The current thread is about to claim a job.
  Running begin(long job) {
    var running = new Running();
    lock.lock();
    try {
      var _ = Thread.interrupted(); // meant for an earlier job
      jobs.put(job, running);
    } finally {
      lock.unlock();
    }
    return running;
  }

  /// The current thread is about to start an item of its job: an interrupt that is meant for an
  /// earlier one does not come any more.
  void starts(Running running, int item) {
    lock.lock();
    try {
      running.item = item;
    } finally {
      lock.unlock();
    }
  }

  /// The current thread has done with a job; a late interrupt is forgotten. May be called again.
  void end(long job) {
    lock.lock();
    try {
      jobs.remove(job);
      var _ = Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /// Whether no job runs.
  boolean isEmpty() {
    lock.lock();
    try {
      return jobs.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// The thread that runs an item of a job, or null if that does not run.
  ///
  /// @param item -1 for whichever runs
  @Nullable Thread threadOf(long job, int item) {
    lock.lock();
    try {
      Running running = jobs.get(job);
      return running == null || !running.isAt(item) ? null : running.thread;
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts an item of a job, if that runs.
  ///
  /// @param item -1 for whichever runs
  void interrupt(long job, int item) {
    lock.lock();
    try {
      Running running = jobs.get(job);
      if (running != null && running.isAt(item)) {
        running.stopped = true;
        running.thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
