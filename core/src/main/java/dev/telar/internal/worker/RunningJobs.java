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

  /// The current thread has done with a job; a late interrupt is forgotten.
  void end(long job) {
    lock.lock();
    try {
      jobs.remove(job);
      var _ = Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /// Whether no other job runs.
  boolean isOnly(long job) {
    lock.lock();
    try {
      return jobs.size() == 1 && jobs.containsKey(job);
    } finally {
      lock.unlock();
    }
  }

  /// The thread that runs a job, or null.
  @Nullable Thread threadOf(long job) {
    lock.lock();
    try {
      Running running = jobs.get(job);
      return running == null ? null : running.thread;
    } finally {
      lock.unlock();
    }
  }

  void interrupt(long job) {
    lock.lock();
    try {
      Running running = jobs.get(job);
      if (running != null) {
        running.stopped = true;
        running.thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
