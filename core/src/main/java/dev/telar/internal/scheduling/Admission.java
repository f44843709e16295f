package dev.telar.internal.scheduling;

import dev.telar.PendingLimit;
import dev.telar.WhenFull;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets so many tasks into a pool and no more: see [PendingLimit]. Each takes a place, and leaves
/// it when it has ended.
final class Admission {

  /// The place of one task, which can leave it only once, whoever says so.
  static final class Place {
    private final Admission admission;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    Place(Admission admission) {
      this.admission = admission;
    }

    void leave() {
      if (taken.getAndSet(false)) {
        admission.leave();
      }
    }
  }

  private final String poolName;
  private final PendingLimit limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private int taken;
  private boolean closed;

  Admission(String poolName, PendingLimit limit) {
    this.poolName = poolName;
    this.limit = limit;
  }

  /// Takes a place, waiting for it if that is what the limit says. When the pool has been closed
  /// there is always room: whoever comes is refused later.
  ///
  /// @param mustNotWait whether the caller would wait for itself
  /// @param mayRunHere whether the caller can run the task; else it waits where it would run it
  /// @return false if there is none: the caller is to run the task
  /// @throws RejectedExecutionException if there is none, and the task is to be refused; or if the
  ///   calling thread was interrupted
  boolean admits(boolean mustNotWait, boolean mayRunHere) {
    lock.lock();
    try {
      while (taken >= limit.tasks() && !closed) {
        if (limit.whenFull() == WhenFull.REJECT) {
          throw full("has " + taken + " unfinished tasks, as many as it may", null);
        }
        if (limit.whenFull() == WhenFull.CALLER_RUNS && mayRunHere) {
          return false;
        }
        if (mustNotWait) {
          break;
        }
        awaitRoom();
      }
      taken++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is where it is called
  private void awaitRoom() {
    try {
      room.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full("was full, and the thread that waited for room was interrupted", e);
    }
  }

  private RejectedExecutionException full(String why, @Nullable Throwable cause) {
    return new RejectedExecutionException("pool " + poolName + " " + why, cause);
  }

  void leave() {
    lock.lock();
    try {
      taken--;
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Wakes all who wait: the pool takes no more tasks.
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
