package dev.telar.internal.memory;

import java.util.concurrent.locks.LockSupport;

/// A thread that waits in a [ParkingLot].
final class Waiter {
  private final Thread thread = Thread.currentThread();
  private volatile boolean woken;

  /// Whether it is in the list of its spot, and whether it was before; guarded by the lot's lock.
  boolean listed;

  boolean hasWaited;

  void listed() {
    listed = true;
    hasWaited = true;
    woken = false;
  }

  void wake() {
    woken = true;
    LockSupport.unpark(thread);
  }

  /// Lets it look around, without being taken from the list.
  void poke() {
    LockSupport.unpark(thread);
  }

  /// Parks until it is woken or poked, or interrupted, or for no reason.
  void park(long nanos) {
    if (!woken) {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
