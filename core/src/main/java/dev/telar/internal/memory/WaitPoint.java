package dev.telar.internal.memory;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A place in shared memory where threads of several processes wait for a change.
///
/// ```
///    0  epoch (4)       goes up with every signal; what a futex sleeps on
///    8  sleepers (8)    participants with threads that sleep on the epoch itself
///   16  parked (8)      participants with threads in their ParkingLot
/// ```
///
/// Who waits enters his bit into a mask and *then* looks once more; who changes something changes
/// it and *then* looks at the masks. So one of them sees the other. The waker takes the masks as he
/// empties them, and *then* moves the epoch on: whose bit was taken on his way to sleep, after he
/// read the epoch, does not fall asleep. Who is woken and goes on waiting, or leaves while others
/// of his process wait, enters his bit again. So bits of the dead go by themselves, and a waker
/// calls nobody who is still on his way from the last call.
///
/// No signal is relied upon: it may be lost with a process that dies before it sends it, or after
/// it has taken it. Everybody who waits looks again after 10 ms (of the parked threads of one
/// process at one wait point, one does, and wakes the next if there is something for it).
///
/// One for each wait point and process: made by the object that [SharedArena#object] keeps.
public final class WaitPoint {
  /// How much memory it takes; at an offset that is a multiple of 8.
  public static final long BYTES = 24;

  /// How long a lost signal or a death can go unnoticed by whoever waits.
  public static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long SLEEPERS = 8;
  private static final long PARKED = 16;
  private static final long BACKSTOP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Block block;
  private final long offset;
  private final boolean exclusive;
  private final Object user;
  private final SharedArena arena;
  private final long bit;
  private final Spinning spinning = new Spinning();

  /// A wait point in a block.
  ///
  /// @param exclusive whether a signal is for one waiter, such as at a lock, who will signal the
  ///   next in turn; else all wake up
  /// @param user the object whose it is, for messages
  public WaitPoint(Block block, long offset, boolean exclusive, Object user) {
    this.block = block;
    this.offset = offset;
    this.exclusive = exclusive;
    this.user = user;
    this.arena = block.arena();
    this.bit = Participants.bit(arena.participants().self());
  }

  /// Waits until an attempt succeeds.
  ///
  /// @param attempt takes what is waited for, if it is there: a try-lock, say. Called by this
  ///   thread: at once, then whenever there might be news, and every 20 ms or so. What it throws
  ///   ends the wait. It looks at deaths itself ([Participants#isDead]), and does not block
  /// @param nanos how long to wait at most; `Long.MAX_VALUE` is for ever; 0 or less, one attempt
  /// @return false if the time is over
  /// @throws InterruptedException if the thread is interrupted before or while it waits; nothing
  ///   was taken then
  /// @throws dev.telar.shared.SharedClosedException if the arena ends
  public boolean await(BooleanSupplier attempt, long nanos) throws InterruptedException {
    return awaitAttempt(attempt::getAsBoolean, nanos);
  }

  boolean awaitAttempt(Attempt attempt, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (atOnce(attempt)) {
      return true;
    }
    if (nanos <= 0) {
      return false;
    }
    Waiting waiting = new Waiting(attempt, nanos);
    try {
      return waiting.run(true);
    } finally {
      waiting.end();
    }
  }

  /// As [#await], for ever, and an interrupt is left for later.
  public void awaitUninterruptibly(BooleanSupplier attempt) {
    awaitAttemptUninterruptibly(attempt::getAsBoolean);
  }

  void awaitAttemptUninterruptibly(Attempt attempt) {
    if (atOnce(attempt)) {
      return;
    }
    Waiting waiting = new Waiting(attempt, Long.MAX_VALUE);
    try {
      waiting.run(false);
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    } finally {
      waiting.end();
    }
  }

  /// Signals that something has changed, which was written with volatile effects. Costs two reads
  /// while nobody waits.
  public void signal() {
    if ((parked() | sleepers()) != 0) {
      wake();
    }
  }

  /// Calls `listener` with the next signal, in the thread that brings it, and perhaps for no
  /// reason; a process that dies is such a reason. He must only wake somebody.
  ///
  /// @return takes it back; to be run in any case, since the signal may be somebody else's due
  public Runnable listen(Runnable listener) {
    var waiter = new Waiter(listener);
    arena.lot().enter(this, waiter);
    announce(PARKED);
    return () -> {
      if (arena.lot().leave(this, waiter)) {
        announce(PARKED);
        if (waiter.isWoken()) {
          arena.lot().wake(this);
        }
      }
    };
  }

  private boolean atOnce(Attempt attempt) {
    arena.checkOpen(user);
    return attempt.succeeds() || spinning.spin(attempt);
  }

  private void wake() {
    long parked = take(PARKED);
    long sleepers = take(SLEEPERS);
    FaultPoint.at("signal.taken");
    Words.INT.getAndAdd(block.segment(), offset, 1);
    FaultPoint.at("signal.epoch");
    if ((parked & bit) != 0) {
      arena.lot().wake(this);
    }
    boolean canWakeSleepers = WaitMode.current().isNative();
    if (sleepers != 0 && canWakeSleepers) {
      wakeSleepers();
    }
    FaultPoint.at("signal.sleepers");
    long rung = canWakeSleepers ? parked : parked | sleepers;
    if (rung != 0) {
      arena.bells().ring(rung);
    }
    FaultPoint.at("signal.sent");
  }

  private long take(long mask) {
    return block.getLong(offset + mask) == 0
        ? 0
        : (long) Words.LONG.getAndSet(block.segment(), offset + mask, 0L);
  }

  /// Wakes who sleeps on the epoch.
  void wakeSleepers() {
    Futex.wake(block.segment(), offset, exclusive ? 1 : Integer.MAX_VALUE);
  }

  int epoch() {
    return block.getInt(offset);
  }

  private long parked() {
    return block.getLong(offset + PARKED);
  }

  private long sleepers() {
    return block.getLong(offset + SLEEPERS);
  }

  boolean isExclusive() {
    return exclusive;
  }

  /// Where it is in this process: the same for whoever means this wait point.
  long address() {
    return block.segment().address() + offset;
  }

  private void announce(long mask) {
    if ((block.getLong(offset + mask) & bit) == 0) {
      Words.LONG.getAndBitwiseOr(block.segment(), offset + mask, bit);
    }
  }

  /// One thread's wait.
  private final class Waiting {
    private final Attempt attempt;
    private final long nanos;
    private final long start = System.nanoTime();
    private final Waiter waiter = new Waiter();
    private final boolean maySleep =
        WaitMode.current().isNative() && !Thread.currentThread().isVirtual();
    private boolean inLot;
    private boolean slept;
    private boolean keptAsSleeper;
    private boolean done;
    private boolean interrupted;

    Waiting(Attempt attempt, long nanos) {
      this.attempt = attempt;
      this.nanos = nanos;
    }

    boolean run(boolean interruptible) throws InterruptedException {
      while (true) {
        long waited = System.nanoTime() - start;
        // Of those that sleep, the system wakes anybody; in the lot, who has waited longest is
        // first.
        inLot = !maySleep || (exclusive && (waited > SLICE_NANOS / 2 || attempt.isUrgent()));
        int epoch = epoch();
        if (inLot) {
          arena.lot().enter(WaitPoint.this, waiter);
          announce(PARKED);
        } else {
          prepareSleep();
        }
        FaultPoint.at("wait.announced");
        arena.checkAlive(user);
        if (attempt.succeeds()) {
          done = true;
          return true;
        }
        long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
        if (left <= 0) {
          return false;
        }
        if (attempt.isUrgent()) {
          if (!inLot) {
            continue; // there it can be told first
          }
          arena.lot().prefer(WaitPoint.this, waiter);
        }
        if (inLot) {
          waiter.park(Math.min(left, BACKSTOP_NANOS));
        } else {
          Futex.sleep(block.segment(), offset, epoch, Math.min(left, SLICE_NANOS));
        }
        FaultPoint.at("wait.woken");
        if (Thread.interrupted()) {
          if (interruptible) {
            throw new InterruptedException();
          }
          interrupted = true;
        }
      }
    }

    private void prepareSleep() {
      slept = true;
      if (!keptAsSleeper && arena.header().needsSocketBells()) {
        arena.lot().enterSleeper(WaitPoint.this);
        keptAsSleeper = true;
      }
      announce(SLEEPERS);
    }

    /// Whatever ended the wait: a signal that came to this thread may be somebody else's due.
    void end() {
      if (keptAsSleeper) {
        arena.lot().leaveSleeper(WaitPoint.this);
      }
      if (slept && exclusive) {
        announce(SLEEPERS); // others may sleep, and their bits were taken with the signal for this
        if (!done) {
          wakeSleepers();
        }
      }
      if (arena.lot().leave(WaitPoint.this, waiter)) {
        announce(PARKED);
        if (!done || !exclusive) {
          arena.lot().wake(WaitPoint.this);
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
