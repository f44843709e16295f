package dev.telar.internal.memory;

/// A condition of a [RobustLock]: waiting, with the lock released, for somebody's signal.
///
/// ```
///    0  tickets    how many waits have begun: each has the number that it found here
///    8  limit      signals are for waits with a lower number: those that began before the last one
///   16  waits (4)  that have begun and not ended; those of dead processes are never taken off
///   20  signals (4)  given and not taken, at most one for each wait
///   24  a WaitPoint
/// ```
///
/// All of it is read and written under the lock, but for a first glance of whoever waits. A signal
/// is no message to one thread but a permit, for any of those that waited when it was given. So one
/// whose process has died, or that gives up, leaves it to the others; and whoever begins to wait
/// later cannot take it. What the dead leave behind makes at most a wake-up without a cause, which
/// conditions are allowed. And when a process dies while it holds the lock, somebody who waits
/// wakes up without a signal, has the lock, and sees that it was abandoned: who died may have been
/// about to signal.
public final class RobustCondition {
  /// How much memory it takes; at an offset that is a multiple of 8.
  public static final long BYTES = 48;

  private static final long LIMIT = 8;
  private static final long WAITS = 16;
  private static final long SIGNALS = 20;
  private static final long WAIT_POINT = 24;

  private final RobustLock lock;
  private final Block block;
  private final long offset;
  private final WaitPoint waitPoint;

  /// A condition in a block.
  ///
  /// @param user the object whose it is, for messages
  public RobustCondition(RobustLock lock, Block block, long offset, Object user) {
    this.lock = lock;
    this.block = block;
    this.offset = offset;
    this.waitPoint = new WaitPoint(block, offset + WAIT_POINT, false, user);
  }

  /// Releases the lock, waits for a signal, and takes the lock again.
  ///
  /// @param nanos how long to wait at most; `Long.MAX_VALUE` is for ever. Taking the lock again may
  ///   take longer
  /// @return false if the time was over before a signal came
  /// @throws InterruptedException if interrupted before a signal came; the lock is held then, too
  /// @throws IllegalMonitorStateException if the lock is not this thread's
  public boolean await(long nanos) throws InterruptedException {
    lock.checkHeld();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long start = System.nanoTime();
    long ticket = begin();
    int holds = lock.releaseAll();
    FaultPoint.at("condition.waiting");
    while (true) {
      long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
      boolean news = false;
      InterruptedException interrupt = null;
      try {
        news = waitPoint.await(() -> isNews(ticket), left);
      } catch (InterruptedException e) {
        interrupt = e;
      }
      lock.lock();
      if (isSignalled(ticket)) {
        take();
        lock.restore(holds);
        if (interrupt != null) {
          Thread.currentThread().interrupt();
        }
        return true;
      }
      if (news && lock.wasAbandoned()) {
        giveUp();
        lock.restore(holds);
        return true;
      }
      if (!news) { // time over, or interrupted; with news, somebody else was faster: wait again
        giveUp();
        lock.restore(holds);
        if (interrupt != null) {
          throw interrupt;
        }
        return false;
      }
      lock.releaseAll();
    }
  }

  /// As [#await], for ever, and an interrupt is left for later.
  public void awaitUninterruptibly() {
    lock.checkHeld();
    long ticket = begin();
    int holds = lock.releaseAll();
    FaultPoint.at("condition.waiting");
    while (true) {
      waitPoint.awaitUninterruptibly(() -> isNews(ticket));
      lock.lock();
      boolean signalled = isSignalled(ticket);
      if (signalled || lock.wasAbandoned()) {
        if (signalled) {
          take();
        } else {
          giveUp();
        }
        lock.restore(holds);
        return;
      }
      lock.releaseAll();
    }
  }

  private long begin() {
    long ticket = block.getLong(offset);
    block.setLong(offset, ticket + 1);
    block.setInt(offset + WAITS, block.getInt(offset + WAITS) + 1);
    FaultPoint.at("condition.entered");
    return ticket;
  }

  /// A signal may have died with whoever took it, or was about to give it: both hold the lock.
  private boolean isNews(long ticket) {
    return isSignalled(ticket) || lock.isOwnerDead();
  }

  private boolean isSignalled(long ticket) {
    return block.getInt(offset + SIGNALS) > 0 && ticket < block.getLong(offset + LIMIT);
  }

  private void take() {
    block.setInt(offset + SIGNALS, block.getInt(offset + SIGNALS) - 1);
    FaultPoint.at("condition.taken");
    block.setInt(offset + WAITS, block.getInt(offset + WAITS) - 1);
  }

  private void giveUp() {
    block.setInt(offset + WAITS, block.getInt(offset + WAITS) - 1);
  }

  /// Lets one wait end.
  ///
  /// @throws IllegalMonitorStateException if the lock is not this thread's
  public void signal() {
    signal(1);
  }

  /// Lets all waits end.
  ///
  /// @throws IllegalMonitorStateException if the lock is not this thread's
  public void signalAll() {
    signal(Integer.MAX_VALUE);
  }

  private void signal(int most) {
    lock.checkHeld();
    int waits = block.getInt(offset + WAITS);
    int signals = block.getInt(offset + SIGNALS);
    if (waits == 0) {
      return;
    }
    block.setLong(offset + LIMIT, block.getLong(offset));
    FaultPoint.at("condition.limited");
    block.setInt(offset + SIGNALS, Math.max(signals, (int) Math.min(waits, (long) signals + most)));
    FaultPoint.at("condition.signalled");
    waitPoint.signal();
  }

  /// How many wait, with those whose process has died while they did.
  ///
  /// @throws IllegalMonitorStateException if the lock is not this thread's
  public int waits() {
    lock.checkHeld();
    return block.getInt(offset + WAITS);
  }
}
