package dev.telar.shared;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A point at which a fixed number of threads of several processes wait for each other, again and
/// again: as [CyclicBarrier][java.util.concurrent.CyclicBarrier] is to threads, and Python's
/// `multiprocessing.Barrier`.
///
/// **A dead party breaks it.** If the process of a thread dies that waits here, or that came in the
/// round before and has not come in this one, all who wait get a [BrokenBarrierException], within
/// some 20 ms. A process that dies before it has ever come is not known here: wait with a time
/// limit where that may be. It is broken, too, by a party that gives up or is interrupted while it
/// waits, and stays so until [#reset()]. A process that is stopped (SIGSTOP, a debugger) is waited
/// for; one that is stopped *while* it comes, which takes a microsecond, holds up those with a time
/// limit too.
///
/// What the parties did before they came *happens before* what any of them does after it has gone
/// on. All methods throw [SharedClosedException] when the [Shared] of this object is closed, also
/// while they wait.
public interface SharedBarrier extends SharedObject {

  /// Waits until all parties have come.
  ///
  /// @return how many were still to come when this one came: 0 for the last
  /// @throws BrokenBarrierException if the barrier is broken, or breaks while this thread waits
  /// @throws InterruptedException if the thread is interrupted before or while it waits; that
  ///   breaks the barrier
  int await() throws InterruptedException, BrokenBarrierException;

  /// Waits until all parties have come, at most so long.
  ///
  /// @return how many were still to come when this one came: 0 for the last
  /// @throws BrokenBarrierException if the barrier is broken, or breaks while this thread waits
  /// @throws InterruptedException if the thread is interrupted before or while it waits; that
  ///   breaks the barrier
  /// @throws TimeoutException if the time is over; that breaks the barrier
  int await(long time, TimeUnit unit)
      throws InterruptedException, BrokenBarrierException, TimeoutException;

  /// Begins anew: whoever waits gets a [BrokenBarrierException], and who comes later finds it
  /// whole.
  void reset();

  /// How many threads meet here.
  int getParties();

  /// How many have come in this round.
  int getNumberWaiting();

  /// Whether it is broken.
  boolean isBroken();
}
