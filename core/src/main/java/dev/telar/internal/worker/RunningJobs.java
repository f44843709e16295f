package dev.telar.internal.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Which thread runs which job, so that an interrupt hits a job while it runs and not the next one.
final class RunningJobs {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Thread> threads = new HashMap<>();

  /// The current thread is about to claim a job.
  void begin(long job) {
    lock.lock();
    try {
      var _ = Thread.interrupted(); // meant for an earlier job
      threads.put(job, Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /// The current thread has done with a job; a late interrupt is forgotten.
  void end(long job) {
    lock.lock();
    try {
      threads.remove(job);
      var _ = Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  void interrupt(long job) {
    lock.lock();
    try {
      Thread thread = threads.get(job);
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
