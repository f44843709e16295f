package dev.telar.shared;

import java.util.concurrent.TimeUnit;

/// A count that goes down to 0 once, and threads of several processes that wait for it: as
/// [CountDownLatch][java.util.concurrent.CountDownLatch] is to threads.
///
/// Nobody owns a count. A process that dies before it counts down never does: wait with a time
/// limit where that may be, or use a [SharedBarrier], which notices.
///
/// [#countDown()] *happens before* the return of every [#await()] for which it counted, in
/// whichever process. All methods throw [SharedClosedException] when the [Shared] of this object is
/// closed, also while they wait.
public interface SharedLatch extends SharedObject {

  /// Counts down by one. At 0 all who wait go on; below, nothing happens.
  void countDown();

  /// How often it is still to be counted down.
  long getCount();

  /// Waits until the count is 0.
  ///
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  void await() throws InterruptedException;

  /// Waits until the count is 0, at most so long.
  ///
  /// @return false if the time is over
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  boolean await(long time, TimeUnit unit) throws InterruptedException;
}
