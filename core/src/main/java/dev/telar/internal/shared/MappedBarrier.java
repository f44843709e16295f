package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.FaultPoint;
import dev.telar.internal.memory.Participants;
import dev.telar.internal.memory.RobustLock;
import dev.telar.internal.memory.WaitPoint;
import dev.telar.shared.SharedBarrier;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A [SharedBarrier].
///
/// ```
///     0  a RobustLock, under which all the rest is changed
///    64  parties (4)  68  arrived (4)   in this round
///    72  round (4)                      goes up when all have arrived, and with a reset
///    80  broken (8)                     bit = round % 64: of this round and those just before
///    88  a WaitPoint
///   128  who came, in this round and in the one before: two tables of participants' ids
/// ```
final class MappedBarrier extends MappedObject implements SharedBarrier {
  private static final long serialVersionUID = 1L;
  private static final long PARTIES = 64;
  private static final long ARRIVED = 68;
  private static final long ROUND = 72;
  private static final long BROKEN = 80;
  private static final long WAIT_POINT = 88;
  private static final long WHO = 128;

  private final transient RobustLock lock;
  private final transient WaitPoint waitPoint;
  private final transient Participants participants;

  MappedBarrier(Block block) {
    super(ObjectKind.BARRIER, block);
    this.lock = new RobustLock(block, 0, this);
    this.waitPoint = new WaitPoint(block, WAIT_POINT, false, this);
    this.participants = arena().participants();
  }

  static long bytes(int parties) {
    return WHO + 2L * Integer.BYTES * parties;
  }

  /// For its maker, before anybody else knows it.
  void begin(int parties) {
    block().setInt(PARTIES, parties);
  }

  @Override
  public int await() throws InterruptedException, BrokenBarrierException {
    try {
      return await(Long.MAX_VALUE);
    } catch (TimeoutException inCenturies) {
      throw new AssertionError(inCenturies);
    }
  }

  @Override
  public int await(long time, TimeUnit unit)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    return await(Math.max(0, unit.toNanos(time)));
  }

  private int await(long nanos)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    if (Thread.interrupted()) {
      breakRound(round());
      throw new InterruptedException();
    }
    int round;
    int index;
    begin();
    try {
      round = round();
      if (isBroken(round)) {
        throw new BrokenBarrierException("the barrier was broken, and nobody has reset it");
      }
      index = arrive(round);
    } finally {
      lock.unlock();
    }
    if (index == 0) {
      waitPoint.signal();
      return 0;
    }
    try {
      if (!waitPoint.await(() -> isOver(round), nanos) && breakRound(round)) {
        throw new TimeoutException("the others did not come in time; the barrier is broken now");
      }
    } catch (InterruptedException e) {
      if (breakRound(round)) {
        throw e;
      }
      Thread.currentThread()
          .interrupt(); // it was over before: the interrupt is for what comes next
    }
    if (isBroken(round)) {
      throw new BrokenBarrierException(
          "the barrier was broken: a party died, gave up, was interrupted, or reset it");
    }
    return index;
  }

  private int round() {
    return block().getInt(ROUND);
  }

  /// How many are still to come; the last one begins the next round.
  private int arrive(int round) {
    int arrived = block().getInt(ARRIVED);
    block().setInt(who(round, arrived), participants.self());
    FaultPoint.at("barrier.entered");
    block().setInt(ARRIVED, arrived + 1);
    FaultPoint.at("barrier.arrived");
    int missing = getParties() - arrived - 1;
    if (missing == 0) {
      nextRound(round);
    }
    return missing;
  }

  private void nextRound(int round) {
    for (int i = 0; i < getParties(); i++) {
      block().setInt(who(round + 1, i), 0);
    }
    block().setLong(BROKEN, block().getLong(BROKEN) & ~bit(round + 1));
    block().setInt(ARRIVED, 0);
    FaultPoint.at("barrier.tripping");
    block().setInt(ROUND, round + 1);
    FaultPoint.at("barrier.tripped");
  }

  private boolean isOver(int round) {
    if (round() != round || isBroken(round)) {
      return true;
    }
    if (!anyPartyDead(round)) {
      return false;
    }
    breakRound(round);
    return true;
  }

  /// Those that came in this round and wait, and those that came in the last one and should come.
  private boolean anyPartyDead(int round) {
    int parties = getParties();
    for (int i = 0; i < parties; i++) {
      if (isDead(block().getInt(who(round, i))) || isDead(block().getInt(who(round - 1, i)))) {
        return true;
      }
    }
    return lock.isOwnerDead();
  }

  private boolean isDead(int id) {
    return id != 0 && participants.isDead(id);
  }

  /// Takes the lock. If its last owner died, a party has died, and what it was changing is unknown.
  private void begin() {
    lock.lock();
    if (lock.wasAbandoned()) {
      setBroken(round());
      lock.repaired();
      waitPoint.signal();
    }
  }

  /// Breaks a round, unless it is over.
  ///
  /// @return whether this did it
  private boolean breakRound(int round) {
    begin();
    try {
      if (round() != round || isBroken(round)) {
        return false;
      }
      setBroken(round);
    } finally {
      lock.unlock();
    }
    waitPoint.signal();
    return true;
  }

  private void setBroken(int round) {
    block().setLong(BROKEN, block().getLong(BROKEN) | bit(round));
    FaultPoint.at("barrier.broken");
  }

  private boolean isBroken(int round) {
    return (block().getLong(BROKEN) & bit(round)) != 0;
  }

  @Override
  public void reset() {
    checkOpen();
    begin();
    try {
      int round = round();
      setBroken(round);
      nextRound(round);
      for (int i = 0; i < getParties(); i++) {
        block().setInt(who(round, i), 0); // whoever died before is no party of what comes now
      }
    } finally {
      lock.unlock();
    }
    waitPoint.signal();
  }

  @Override
  public int getParties() {
    return block().getInt(PARTIES);
  }

  @Override
  public int getNumberWaiting() {
    checkOpen();
    return block().getInt(ARRIVED);
  }

  @Override
  public boolean isBroken() {
    checkOpen();
    return isBroken(round());
  }

  private static long bit(int round) {
    return 1L << (round & 63);
  }

  private long who(int round, int index) {
    return WHO + Integer.BYTES * ((round & 1) * (long) getParties() + index);
  }
}
