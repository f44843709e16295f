package dev.telar.internal.memory;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The threads of this JVM that are parked on the wait points of one arena.
///
/// One daemon thread, the [Keeper], lets them know what other processes did: it runs while anybody
/// is parked here. So no thread of the user's ever blocks in a system call, which would cost a
/// virtual thread its carrier.
final class ParkingLot {
  private static final long KEEPER_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int POKED_AT_ONCE = 32;

  private final SharedArena arena;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition occupied = lock.newCondition();
  private final Map<Long, Spot> spots = new HashMap<>();
  private @Nullable Thread keeper;

  /// The waiters on one wait point, who came first first.
  private static final class Spot {
    final WaitPoint point;
    final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    int sleepers;
    int seen;

    Spot(WaitPoint point) {
      this.point = point;
      this.seen = point.epoch();
    }

    boolean isEmpty() {
      return waiters.isEmpty() && sleepers == 0;
    }
  }

  ParkingLot(SharedArena arena) {
    this.arena = arena;
  }

  SharedArena arena() {
    return arena;
  }

  /// Adds a waiter; one that was woken in vain comes first again.
  void enter(WaitPoint point, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.listed) {
        keep(); // it may have ended by an error
        return;
      }
      Spot spot = spots.computeIfAbsent(point.address(), _ -> new Spot(point));
      Waiter first = spot.waiters.peekFirst();
      if (!waiter.hasWaited) {
        spot.waiters.addLast(waiter);
      } else if (first == null || !first.preferred) {
        spot.waiters.addFirst(waiter);
      } else {
        spot.waiters.removeFirst();
        spot.waiters.addFirst(waiter);
        spot.waiters.addFirst(first);
        first.poke(); // what this one was woken for, and left alone, is for that one
      }
      waiter.listed();
      keep();
    } finally {
      lock.unlock();
    }
  }

  /// Puts a waiter first, before all who come, till it is woken.
  void prefer(WaitPoint point, Waiter waiter) {
    lock.lock();
    try {
      Spot spot = spots.get(point.address());
      if (spot != null && waiter.listed && !waiter.preferred) {
        spot.waiters.remove(waiter);
        spot.waiters.addFirst(waiter);
        waiter.preferred = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /// A thread is going to sleep on the word itself, where a process without native access cannot
  /// wake it: it can ring for the keeper, who does.
  void enterSleeper(WaitPoint point) {
    lock.lock();
    try {
      spots.computeIfAbsent(point.address(), _ -> new Spot(point)).sleepers++;
      keep();
    } finally {
      lock.unlock();
    }
  }

  /// Takes back [#enterSleeper].
  void leaveSleeper(WaitPoint point) {
    lock.lock();
    try {
      Spot spot = spots.get(point.address());
      if (spot != null) {
        spot.sleepers--;
        removeIfEmpty(spot);
      }
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    if (keeper == null) {
      keeper = Keeper.start(this);
    }
    occupied.signal();
  }

  /// Removes a waiter.
  ///
  /// @return whether others wait there
  boolean leave(WaitPoint point, Waiter waiter) {
    lock.lock();
    try {
      Spot spot = spots.get(point.address());
      if (spot == null) {
        return false;
      }
      if (waiter.listed) {
        spot.waiters.remove(waiter);
        waiter.listed = false;
      }
      return !removeIfEmpty(spot);
    } finally {
      lock.unlock();
    }
  }

  /// Wakes whoever shall be woken on a wait point: the first, or all.
  void wake(WaitPoint point) {
    lock.lock();
    try {
      Spot spot = spots.get(point.address());
      if (spot != null) {
        wake(spot);
        removeIfEmpty(spot);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Wakes those whose wait point was signalled by another process.
  void wakeSignalled() {
    lock.lock();
    try {
      for (Spot spot : spots.values()) {
        if (spot.point.epoch() != spot.seen) {
          wake(spot);
          if (spot.sleepers > 0) {
            spot.point.wakeSleepers();
          }
        }
      }
      spots.values().removeIf(Spot::isEmpty);
    } finally {
      lock.unlock();
    }
  }

  /// Lets the first waiter on each wait point look whether the process that it waits for has died,
  /// or a signal was lost with its sender; where a signal is for all, several, by turns.
  void poke() {
    lock.lock();
    try {
      for (Spot spot : spots.values()) {
        int most = spot.point.isExclusive() ? 1 : Math.min(POKED_AT_ONCE, spot.waiters.size());
        for (int i = 0; i < most; i++) {
          Waiter first = spot.waiters.peekFirst();
          if (first != null) {
            first.poke();
            if (most > 1) {
              spot.waiters.addLast(spot.waiters.removeFirst());
            }
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void wakeEverybody() {
    lock.lock();
    try {
      for (Spot spot : spots.values()) {
        spot.waiters.forEach(Waiter::poke);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until somebody is parked here. For the keeper.
  ///
  /// @param ending what the keeper does last; no other keeper is started before that is done
  /// @return false if nobody came for a while; then the keeper ends
  boolean awaitOccupied(Runnable ending) {
    lock.lock();
    try {
      long left = KEEPER_IDLE_NANOS;
      while (spots.isEmpty() && left > 0) {
        left = occupied.awaitNanos(left);
      }
      if (spots.isEmpty()) {
        ending.run();
        keeper = null;
        return false;
      }
      return true;
    } catch (InterruptedException nobodyDoesThat) {
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The keeper is no more, if by an error: then whoever comes next starts another.
  void keeperEnded(Thread keeper) {
    lock.lock();
    try {
      if (keeper.equals(this.keeper)) {
        this.keeper = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private static void wake(Spot spot) {
    spot.seen = spot.point.epoch();
    do {
      Waiter waiter = spot.waiters.pollFirst();
      if (waiter == null) {
        return;
      }
      waiter.listed = false;
      waiter.wake();
    } while (!spot.point.isExclusive());
  }

  private boolean removeIfEmpty(Spot spot) {
    if (spot.isEmpty()) {
      spots.remove(spot.point.address());
    }
    return spot.waiters.isEmpty();
  }
}
