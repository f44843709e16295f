package dev.telar.internal.memory;

import java.util.concurrent.locks.LockSupport;

/// A thread that waits in a [ParkingLot], or somebody who wants to be called.
final class Waiter {
  private final Runnable call;
  private volatile boolean woken;

  /// Whether it is in the list of its spot, was before, and is to be first; guarded by the lot's
  /// lock.
  boolean listed;

  boolean hasWaited;
  boolean preferred;

  /// This thread waits.
  Waiter() {
    Thread thread = Thread.currentThread();
    this.call = () -> LockSupport.unpark(thread);
  }

  /// Somebody is to be called; he does no more than wake somebody. If he throws, it is nobody
  /// else's loss: neither of the thread that signals nor of the keeper, which all others rely on.
  Waiter(Runnable listener) {
    this.call =
        () -> {
          try {
            listener.run();
          } catch (Throwable e) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
          }
        };
  }

  void listed() {
    listed = true;
    hasWaited = true;
    preferred = false;
    woken = false;
  }

  void wake() {
    woken = true;
    call.run();
  }

  /// Lets it look around, without being taken from the list.
  void poke() {
    call.run();
  }

  /// Whether it was woken, and not merely poked.
  boolean isWoken() {
    return woken;
  }

  /// Parks until it is woken or poked, or interrupted, or for no reason.
  void park(long nanos) {
    if (!woken) {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
