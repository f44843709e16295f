package dev.telar.internal.scheduling;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whether a pool takes tasks and runs them, and when it has ended: as soon as it is shut down and
/// none of those that it has accepted is left.
///
/// ```
///   RUNNING ──shutdown──▶ SHUTDOWN ──┬─none left──▶ ENDING ──engine has ended──▶ TERMINATED
///      └────────stop────▶ STOPPED ───┘
/// ```
///
/// Its lock is the scheduler's: what is decided by the state must not be overtaken by its change.
final class PoolLife {

  private enum State {
    RUNNING,
    SHUTDOWN,
    STOPPED,
    ENDING,
    TERMINATED
  }

  private final String poolName;
  private final ReentrantLock lock;
  private final Condition terminated;
  private final Runnable onDone;
  private final AtomicLong outstanding = new AtomicLong();
  private volatile State state = State.RUNNING;
  private volatile @Nullable RuntimeException broken;

  /// The life of a pool that is open.
  ///
  /// @param lock the scheduler's
  /// @param onDone is run once, without the lock, when nothing is left and nothing will come
  PoolLife(String poolName, ReentrantLock lock, Runnable onDone) {
    this.poolName = poolName;
    this.lock = lock;
    this.terminated = lock.newCondition();
    this.onDone = onDone;
  }

  // The state.

  boolean isRunning() {
    return state == State.RUNNING;
  }

  /// Whether nothing is to be started any more.
  boolean isStopped() {
    return state.compareTo(State.STOPPED) >= 0;
  }

  boolean isTerminated() {
    return state == State.TERMINATED;
  }

  /// Refuses if the pool takes no more work.
  ///
  /// @param accepted whether it was accepted before, and a shutdown since then does not matter
  /// @throws RejectedExecutionException if it does not
  void checkOpen(boolean accepted) {
    RuntimeException reason = broken;
    if (reason != null) {
      throw new RejectedExecutionException(
          "pool " + poolName + " cannot run tasks: " + reason.getMessage(), reason);
    }
    if (state.compareTo(accepted ? State.SHUTDOWN : State.RUNNING) > 0) {
      throw new RejectedExecutionException("pool " + poolName + " has been shut down");
    }
  }

  /// Why what was accepted will not be run; null if it will. Asked with the lock held.
  @Nullable RuntimeException refusal() {
    return isStopped() ? new CancellationException("the pool was stopped") : broken;
  }

  /// Takes no more tasks. With the lock held.
  void shutdown() {
    if (state == State.RUNNING) {
      state = State.SHUTDOWN;
    }
  }

  /// Starts no more tasks. With the lock held.
  void stop() {
    if (state.compareTo(State.STOPPED) < 0) {
      state = State.STOPPED;
    }
  }

  /// Can run no tasks any more. With the lock held.
  void breakDown(RuntimeException reason) {
    broken = reason;
  }

  // What is left.

  /// So many tasks more are accepted and have not ended.
  void grow(long n) {
    if (n > 0 && outstanding.getAndAdd(n) == 0) {
      KeepAlive.busy();
    }
  }

  /// So many tasks have ended.
  void shrink(long n) {
    if (n > 0 && outstanding.addAndGet(-n) == 0) {
      KeepAlive.idle();
      if (state != State.RUNNING) {
        endIfDone();
      }
    }
  }

  void endIfDone() {
    lock.lock();
    try {
      if (state == State.RUNNING || state.compareTo(State.ENDING) >= 0 || outstanding.get() != 0) {
        return;
      }
      state = State.ENDING;
    } finally {
      lock.unlock();
    }
    onDone.run();
  }

  // The end.

  /// The engine has ended. With the lock held.
  void terminated() {
    state = State.TERMINATED;
    terminated.signalAll();
  }

  boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(timeout);
    lock.lockInterruptibly();
    try {
      while (state != State.TERMINATED) {
        if (nanos <= 0) {
          return false;
        }
        nanos = terminated.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
