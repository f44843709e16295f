package dev.telar.shared;

import java.util.concurrent.TimeUnit;

/// A number of permits for which threads of several processes wait: as
/// [Semaphore][java.util.concurrent.Semaphore] is to threads, and Python's
/// `multiprocessing.Semaphore` and `BoundedSemaphore`.
///
/// **Whose they are.** A permit that is acquired is its process's, and may be released by any
/// thread of any process: a release gives back a permit of the releasing process, else one of
/// another that has some, else it makes a new one (refused by a bounded semaphore).
///
/// **When a process dies**, the permits that it has come back, and whoever waits gets them, within
/// some 20 ms. Nothing is taken from a process that lives, even one that is stopped.
///
/// Nobody is promised a place in the order of those who wait. A process that is stopped *within* an
/// operation, which takes a fraction of a microsecond, holds up all others here, those with a time
/// limit too.
///
/// A release *happens before* an acquire that it makes possible, in whichever process. All methods
/// throw [SharedClosedException] when the [Shared] of this object is closed, also while they wait,
/// and [IllegalArgumentException] if the number of permits is not positive.
public interface SharedSemaphore extends SharedObject {

  /// Acquires one permit, waiting until there is one.
  ///
  /// @throws InterruptedException if the thread is interrupted before it has it
  default void acquire() throws InterruptedException {
    acquire(1);
  }

  /// Acquires so many permits at once, waiting until there are as many.
  ///
  /// @throws InterruptedException if the thread is interrupted before it has them; it has none then
  void acquire(int permits) throws InterruptedException;

  /// Acquires so many permits at once, waiting until there are as many. An interrupt is left for
  /// later.
  void acquireUninterruptibly(int permits);

  /// Acquires one permit if there is one.
  ///
  /// @return false if there is none
  default boolean tryAcquire() {
    return tryAcquire(1);
  }

  /// Acquires so many permits at once if there are as many.
  ///
  /// @return false if there are fewer; it has none then
  boolean tryAcquire(int permits);

  /// Acquires one permit if that takes no longer than so long.
  ///
  /// @return false if the time is over
  /// @throws InterruptedException if the thread is interrupted before it has it
  default boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException {
    return tryAcquire(1, time, unit);
  }

  /// Acquires so many permits at once if that takes no longer than so long.
  ///
  /// @return false if the time is over; it has none then
  /// @throws InterruptedException if the thread is interrupted before it has them; it has none then
  boolean tryAcquire(int permits, long time, TimeUnit unit) throws InterruptedException;

  /// Releases one permit.
  ///
  /// @throws IllegalStateException if the semaphore is bounded and nobody has a permit
  default void release() {
    release(1);
  }

  /// Releases so many permits at once.
  ///
  /// @throws IllegalStateException if the semaphore is bounded and so many are not acquired, or if
  ///   there would be more than `Integer.MAX_VALUE` in all; nothing is released then
  void release(int permits);

  /// How many permits there are that nobody has. Those of the dead count among them.
  int availablePermits();
}
