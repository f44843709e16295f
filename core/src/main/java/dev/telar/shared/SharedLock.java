package dev.telar.shared;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/// A reentrant lock between processes, that outlives its owner.
///
/// ```java
/// lock.lock();
/// try {
///   if (lock.wasAbandoned()) {
///     rebuild();        // whoever had the lock died while he changed things
///     lock.repaired();
///   }
///   change();
/// } finally {
///   lock.unlock();
/// }
/// ```
///
/// **Whose it is.** Its owner is the *Java thread* that locked it, platform or virtual, which may
/// lock it again, as often as it likes. A thread that ends without unlocking keeps it, as with
/// [ReentrantLock][java.util.concurrent.locks.ReentrantLock], as long as its process lives.
///
/// **When the owner's process dies**, however that comes about, the next thread that waits for the
/// lock gets it, within some 20 ms, and finds [#wasAbandoned()] true. It is never taken from a
/// process that lives, even one that is stopped by a debugger or SIGSTOP, however long that holds
/// it.
///
/// **Fairness.** A lock that is released goes to whoever comes first, which need not be the thread
/// that has waited longest; but one that has waited for 20 ms goes before all who come later.
///
/// Releasing the lock *happens before* taking it next, in whichever process.
///
/// `lock`, `lockInterruptibly` and `tryLock` throw [SharedClosedException] when the [Shared] of
/// this object is closed, also while they wait; `unlock` never does.
public interface SharedLock extends Lock, SharedObject {

  /// Takes the lock if it is free, this thread's already, or a dead process's.
  ///
  /// It may overtake those who wait, but not one who has waited for 20 ms or more.
  @Override
  boolean tryLock();

  /// Takes the lock if that takes no longer than so long.
  ///
  /// @throws InterruptedException if the thread is interrupted before it has the lock
  @Override
  boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

  /// Gives the lock back, once.
  ///
  /// @throws IllegalMonitorStateException if this thread does not hold it
  @Override
  void unlock();

  /// A new condition of this lock, on which threads of all processes may wait once it was passed
  /// on: make it once and capture it beside the lock, since two calls make two conditions. Any
  /// process may call this, at most 30 times for one lock in all.
  ///
  /// @throws IllegalStateException if the lock has 30 conditions
  @Override
  SharedCondition newCondition();

  /// Whether anybody holds it, for monitoring. A dead owner does until somebody takes it over.
  boolean isLocked();

  /// Whether this thread holds it.
  boolean isHeldByCurrentThread();

  /// How often this thread has locked it and not unlocked it yet.
  int holdCount();

  /// Whether a process died while it held this lock, so that what the lock protects may be half
  /// changed. It stays true, for every later owner too, until one says [#repaired()].
  boolean wasAbandoned();

  /// Says that what the lock protects is in order again.
  ///
  /// @throws IllegalMonitorStateException if this thread does not hold it
  void repaired();
}
