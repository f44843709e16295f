package dev.telar.internal.memory;

import dev.telar.internal.flight.Abandonments;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/// A reentrant lock in shared memory that outlives whoever holds it.
///
/// ```
///    0  owner         0, or participant (32) | thread (32): taken by compare-and-set
///    8  holds (4)     how often its owner has it; written by the owner only
///   16  abandoned     count (63) | flag (1): whether an owner died with it and nobody repaired
///   24  reservation   who goes next: slot (10) | thread (22) | until (32, in milliseconds)
///   32  a WaitPoint
/// ```
///
/// **Owners** are Java threads, virtual ones too, by the last 32 bits of their ids: two of one
/// process are told apart unless four thousand million threads were started between them. A thread
/// that ends without unlocking holds it for as long as its process lives.
///
/// **Death.** Whoever waits looks whether the owner's process lives, and takes the lock over from a
/// dead one, with one compare-and-set from the dead owner's word to his own. He raises the flag
/// *before* that, so that it cannot be lost if he dies in turn: whoever comes then finds a dead
/// owner and the flag up. That flag must not be raised late, over a repair that was made in
/// between; so its word counts repairs, is read before the owner's word is read again, and is
/// changed by compare-and-set. Nothing is ever taken from a living process, stopped or not.
///
/// **Starvation.** Who unlocks does not hand over: whoever comes along first takes the lock, and
/// whoever was woken may be late. It is faster by a factor of a hundred, and unfair. So a thread
/// that has waited 20 ms reserves the next turn; others then leave the lock alone when it is free,
/// until he takes it, or until the reservation runs out, since he may be stopped or dead.
public final class RobustLock {
  /// How much memory it takes; at an offset that is a multiple of 8, better of 64.
  public static final long BYTES = 64;

  private static final long HOLDS = 8;
  private static final long ABANDONED = 16;
  private static final long RESERVATION = 24;
  private static final long WAIT_POINT = 32;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int THREAD_MASK = (1 << 22) - 1;
  private static final int RESERVED_MILLIS = 250;

  private final SharedArena arena;
  private final Participants participants;
  private final MemorySegment segment;
  private final long offset;
  private final Object user;
  private final WaitPoint waitPoint;
  private final long self;

  /// A lock in a block.
  ///
  /// @param user the object whose it is, for messages
  public RobustLock(Block block, long offset, Object user) {
    this.arena = block.arena();
    this.participants = arena.participants();
    this.segment = block.segment();
    this.offset = offset;
    this.user = user;
    this.waitPoint = new WaitPoint(block, offset + WAIT_POINT, true, user);
    this.self = (long) participants.self() << 32;
  }

  /// Takes the lock, if need be after the death of its owner. An interrupt is left for later.
  ///
  /// @throws dev.telar.shared.SharedClosedException if the arena has ended, or ends meanwhile
  public void lock() {
    if (!tryLock()) {
      try (var turn = new Turn()) {
        waitPoint.awaitAttemptUninterruptibly(turn);
      }
    }
  }

  /// Takes the lock, unless the thread is interrupted before it has it.
  public void lockInterruptibly() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!tryLock()) {
      try (var turn = new Turn()) {
        waitPoint.awaitAttempt(turn, Long.MAX_VALUE);
      }
    }
  }

  /// Takes the lock if that takes no longer.
  ///
  /// @param nanos how long to wait for it
  /// @return whether it is this thread's now
  public boolean tryLock(long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (tryLock()) {
      return true;
    }
    try (var turn = new Turn()) {
      return waitPoint.awaitAttempt(turn, nanos);
    }
  }

  /// Takes the lock if it is free, or this thread's, or a dead owner's.
  ///
  /// @return whether it is this thread's now
  public boolean tryLock() {
    arena.checkOpen(user);
    long me = me();
    return (word(RESERVATION) == 0 && takeFree(me)) || attempt(me);
  }

  private boolean takeFree(long me) {
    if (!Words.LONG.compareAndSet(segment, offset, 0L, me)) {
      return false;
    }
    FaultPoint.at("lock.acquired");
    Words.INT.set(segment, offset + HOLDS, 1);
    FaultPoint.at("lock.held");
    return true;
  }

  private boolean attempt(long me) {
    long owner = word(0);
    if (owner == 0) {
      return !isReservedForAnother(me) && takeFree(me);
    }
    if (owner == me) {
      int holds = Math.addExact((int) Words.INT.get(segment, offset + HOLDS), 1);
      Words.INT.set(segment, offset + HOLDS, holds);
      return true;
    }
    return participants.isDead((int) (owner >>> 32)) && inherit(owner, me);
  }

  private boolean inherit(long dead, long me) {
    long abandoned = word(ABANDONED);
    if (word(0) != dead) {
      return false;
    }
    if ((abandoned & 1) == 0
        && !Words.LONG.compareAndSet(segment, offset + ABANDONED, abandoned, abandoned | 1)) {
      return false;
    }
    FaultPoint.at("lock.flagged");
    if (!Words.LONG.compareAndSet(segment, offset, dead, me)) {
      return false;
    }
    FaultPoint.at("lock.inherited");
    Words.INT.set(segment, offset + HOLDS, 1);
    Abandonments.found(user, participants.pidOf((int) (dead >>> 32)));
    return true;
  }

  /// Gives the lock back, once. Never fails because the arena has ended, lest what a `finally` does
  /// hide why.
  ///
  /// @throws IllegalMonitorStateException if it is not this thread's
  public void unlock() {
    if (!isHeldByCurrentThread()) {
      if (!arena.isOpen()) {
        return;
      }
      checkHeld();
    }
    int holds = (int) Words.INT.get(segment, offset + HOLDS) - 1;
    if (holds > 0) {
      Words.INT.set(segment, offset + HOLDS, holds);
      return;
    }
    release();
  }

  /// Gives the lock back as often as this thread has it.
  ///
  /// @return how often that was, for [#restore]
  int releaseAll() {
    checkHeld();
    int holds = (int) Words.INT.get(segment, offset + HOLDS);
    release();
    return holds;
  }

  /// The lock, which this thread has taken once, is its own so often again.
  void restore(int holds) {
    Words.INT.set(segment, offset + HOLDS, holds);
  }

  private void release() {
    Words.LONG.setVolatile(segment, offset, 0L);
    FaultPoint.at("lock.released");
    waitPoint.signal();
  }

  /// Refuses whoever does not hold it.
  ///
  /// @throws IllegalMonitorStateException if it is not this thread's
  public void checkHeld() {
    if (!isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException(user + " is not held by this thread");
    }
  }

  public boolean isHeldByCurrentThread() {
    return word(0) == me();
  }

  /// Whether anybody holds it. A dead owner does until somebody takes it over.
  public boolean isLocked() {
    return word(0) != 0;
  }

  /// Whether its owner's process has died, and nobody has taken it over.
  public boolean isOwnerDead() {
    long owner = word(0);
    return owner != 0 && participants.isDead((int) (owner >>> 32));
  }

  /// How often this thread has it.
  public int holdCount() {
    return isHeldByCurrentThread() ? (int) Words.INT.get(segment, offset + HOLDS) : 0;
  }

  /// Whether an owner died while he held it, and nobody has said [#repaired] since.
  public boolean wasAbandoned() {
    return (word(ABANDONED) & 1) != 0;
  }

  /// What it protects is in order again.
  ///
  /// @throws IllegalMonitorStateException if it is not this thread's
  public void repaired() {
    checkHeld();
    long abandoned = word(ABANDONED);
    if ((abandoned & 1) != 0) {
      Words.LONG.setVolatile(segment, offset + ABANDONED, abandoned + 1); // flag down, count up
    }
  }

  private long word(long at) {
    return (long) Words.LONG.getVolatile(segment, offset + at);
  }

  private long me() {
    return self | (Thread.currentThread().threadId() & 0xffff_ffffL);
  }

  private static int nowMillis() {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime()); // one clock for all processes
  }

  private int whoReserves(long me) {
    return Participants.slot((int) (me >>> 32)) << 22 | ((int) me & THREAD_MASK);
  }

  private boolean isReservedFor(long me) {
    long reservation = word(RESERVATION);
    return reservation != 0 && (int) (reservation >>> 32) == whoReserves(me);
  }

  private boolean isReservedForAnother(long me) {
    long reservation = word(RESERVATION);
    if (reservation == 0 || (int) (reservation >>> 32) == whoReserves(me)) {
      return false;
    }
    boolean valid = (int) reservation - nowMillis() > 0;
    if (valid && !participants.isSlotDead((int) (reservation >>> 54))) {
      return true;
    }
    Words.LONG.compareAndSet(segment, offset + RESERVATION, reservation, 0L);
    return false;
  }

  private void reserve(long me) {
    long current = word(RESERVATION);
    int name = whoReserves(me);
    int now = nowMillis();
    boolean mine = current != 0 && (int) (current >>> 32) == name;
    boolean free = current == 0 || (int) current - now <= 0;
    if (free || (mine && (int) current - now < RESERVED_MILLIS / 2)) {
      long reservation = (long) name << 32 | Integer.toUnsignedLong(now + RESERVED_MILLIS | 1);
      Words.LONG.compareAndSet(segment, offset + RESERVATION, current, reservation);
      FaultPoint.at("lock.reserved");
    }
  }

  private boolean unreserve(long me) {
    long current = word(RESERVATION);
    return current != 0
        && (int) (current >>> 32) == whoReserves(me)
        && Words.LONG.compareAndSet(segment, offset + RESERVATION, current, 0L);
  }

  /// The attempts of one thread that waits.
  private final class Turn implements Attempt, AutoCloseable {
    private final long me = me();
    private final long since = System.nanoTime();
    private boolean reserving;

    @Override
    public boolean succeeds() {
      if (attempt(me)) {
        return true;
      }
      if (System.nanoTime() - since < PATIENCE_NANOS) {
        return false;
      }
      reserving = true;
      reserve(me);
      return attempt(me); // it may have come free before the reservation, and be left alone now
    }

    @Override
    public boolean isUrgent() {
      return reserving && isReservedFor(me);
    }

    /// Has the lock, or gives up: then it is free for others, who may have left it alone.
    @Override
    public void close() {
      if (reserving && unreserve(me) && word(0) != me) {
        waitPoint.signal();
      }
    }
  }
}
