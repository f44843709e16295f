package dev.telar.shared;

import java.util.concurrent.TimeUnit;

/// Something that happens once, or again and again, and for which threads of several processes
/// wait: Python's `multiprocessing.Event`.
///
/// Nobody owns an event, so a process that dies takes nothing with it; one that dies before it sets
/// the event does not set it: wait with a time limit where that may be.
///
/// [#set()] *happens before* the return of every [#await()] that it ends, in whichever process. All
/// methods throw [SharedClosedException] when the [Shared] of this object is closed, also while
/// they wait.
public interface SharedEvent extends SharedObject {

  /// Sets it. All who wait go on, and who comes later does not wait, until [#clear()].
  ///
  /// A thread that waits and does not look before the event is cleared again may miss it.
  void set();

  /// Makes it not set.
  void clear();

  /// Whether it is set.
  boolean isSet();

  /// Waits until it is set.
  ///
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  void await() throws InterruptedException;

  /// Waits until it is set, at most so long.
  ///
  /// @return false if the time is over
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  boolean await(long time, TimeUnit unit) throws InterruptedException;
}
