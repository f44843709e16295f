package dev.telar.internal.connect;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who waits for one socket, and for what. Thread-safe.
final class Readiness {
  static final int ALL = SelectionKey.OP_READ | SelectionKey.OP_WRITE | SelectionKey.OP_ACCEPT;

  private final Poller poller;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Registration> registrations = new ArrayList<>();
  private boolean closed;

  /// Set once, before this is handed out.
  @Nullable SelectionKey key;

  private static final class Registration {
    final int operation;
    final Runnable signal;

    Registration(int operation, Runnable signal) {
      this.operation = operation;
      this.signal = signal;
    }
  }

  Readiness(Poller poller) {
    this.poller = poller;
  }

  /// Calls `signal` once when the operation is possible, or the socket is closed; at once if it is
  /// closed already.
  ///
  /// @return takes it back
  Runnable once(int operation, Runnable signal) {
    var registration = new Registration(operation, signal);
    boolean added;
    lock.lock();
    try {
      added = !closed;
      if (added) {
        registrations.add(registration);
      }
    } finally {
      lock.unlock();
    }
    if (!added || !arm(operation)) {
      signal.run();
    }
    return () -> cancel(registration);
  }

  private boolean arm(int operation) {
    SelectionKey armed = key;
    try {
      if (armed != null && (armed.interestOpsOr(operation) & operation) == 0) {
        poller.wakeUp();
      }
      return true;
    } catch (CancelledKeyException e) {
      return false;
    }
  }

  private void cancel(Registration registration) {
    lock.lock();
    try {
      registrations.remove(registration);
    } finally {
      lock.unlock();
    }
  }

  /// Calls whoever waits for one of these operations.
  void fire(int operations) {
    var signals = new ArrayList<Runnable>();
    lock.lock();
    try {
      registrations.removeIf(
          each -> (each.operation & operations) != 0 && signals.add(each.signal));
    } finally {
      lock.unlock();
    }
    signals.forEach(Readiness::call);
  }

  /// A signal that throws breaks its promise, and must not cost others theirs, nor all sockets the
  /// thread that waits for them.
  private static void call(Runnable signal) {
    try {
      signal.run();
    } catch (Throwable e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  /// Closes the socket and calls everybody.
  void close(SelectableChannel socket) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    poller.remove(socket);
    fire(ALL);
  }

  /// One thread's wait for a signal.
  static final class Wait implements Runnable {
    private final Thread thread = Thread.currentThread();
    private volatile boolean signalled;

    @Override
    public void run() {
      signalled = true;
      LockSupport.unpark(thread);
    }

    /// Waits for the signal.
    ///
    /// @param nanos how long at most; `Long.MAX_VALUE` is for ever
    /// @return false if the time is over
    boolean await(long nanos) throws InterruptedException {
      long start = System.nanoTime();
      while (!signalled) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (nanos == Long.MAX_VALUE) {
          LockSupport.park(this);
        } else {
          long left = nanos - (System.nanoTime() - start);
          if (left <= 0) {
            return false;
          }
          LockSupport.parkNanos(this, left);
        }
      }
      return true;
    }
  }
}
