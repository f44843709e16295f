package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.FaultPoint;
import dev.telar.internal.memory.Participants;
import dev.telar.internal.memory.RobustLock;
import dev.telar.internal.memory.WaitPoint;
import dev.telar.shared.SharedSemaphore;
import java.util.concurrent.TimeUnit;

/// A [SharedSemaphore]: permits, and who has how many of them.
///
/// ```
///     0  a RobustLock, under which all the rest is changed
///    64  available (4)   permits that nobody has
///    68  total (4)       permits that there are
///    72  bounded (4)     whether there can be no more
///    80  a WaitPoint
///   128  accounts        for each slot of a participant: its id (32) | permits it has (32)
/// ```
///
/// `available` is what is left of `total` after the accounts. Whoever finds the lock abandoned
/// counts it again. An account of a dead process is emptied by whoever finds too few permits.
final class MappedSemaphore extends MappedObject implements SharedSemaphore {
  private static final long serialVersionUID = 1L;
  private static final long AVAILABLE = 64;
  private static final long TOTAL = 68;
  private static final long BOUNDED = 72;
  private static final long WAIT_POINT = 80;
  private static final long ACCOUNTS = 128;
  static final long BYTES = ACCOUNTS + Participants.SLOTS * 8L;

  private final transient RobustLock lock;
  private final transient WaitPoint waitPoint;
  private final transient Participants participants;

  MappedSemaphore(Block block) {
    super(ObjectKind.SEMAPHORE, block);
    this.lock = new RobustLock(block, 0, this);
    this.waitPoint = new WaitPoint(block, WAIT_POINT, false, this);
    this.participants = arena().participants();
  }

  /// For its maker, before anybody else knows it.
  void begin(int permits, boolean bounded) {
    block().setInt(TOTAL, permits);
    block().setInt(AVAILABLE, permits);
    block().setInt(BOUNDED, bounded ? 1 : 0);
  }

  @Override
  public void acquire(int permits) throws InterruptedException {
    requirePositive(permits);
    waitPoint.await(() -> take(permits), Long.MAX_VALUE);
  }

  @Override
  public void acquireUninterruptibly(int permits) {
    requirePositive(permits);
    waitPoint.awaitUninterruptibly(() -> take(permits));
  }

  @Override
  public boolean tryAcquire(int permits) {
    requirePositive(permits);
    checkOpen();
    return take(permits);
  }

  @Override
  public boolean tryAcquire(int permits, long time, TimeUnit unit) throws InterruptedException {
    requirePositive(permits);
    return waitPoint.await(() -> take(permits), unit.toNanos(time));
  }

  private boolean take(int permits) {
    if (block().getInt(AVAILABLE) < permits && !anyDeadHolder() && !lock.isOwnerDead()) {
      return false;
    }
    begin();
    try {
      long account = account(participants.self());
      if (block().getInt(AVAILABLE) < permits || isDeads(block().getLong(account))) {
        bury(); // a dead one may have had the slot that is this process's now
      }
      int available = block().getInt(AVAILABLE);
      if (available < permits) {
        return false;
      }
      long mine = (long) participants.self() << 32;
      block().setInt(AVAILABLE, available - permits);
      FaultPoint.at("semaphore.taken");
      block().setLong(account, mine | ((int) block().getLong(account) + permits));
      FaultPoint.at("semaphore.entered");
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(int permits) {
    requirePositive(permits);
    checkOpen();
    begin();
    try {
      if (own() < permits) {
        bury(); // else what the dead had were given back, and not what is given back here
      }
      int held = block().getInt(TOTAL) - block().getInt(AVAILABLE);
      if (permits > held && block().getInt(BOUNDED) != 0) {
        throw new IllegalStateException(
            "%d permits released and only %d acquired: a bounded semaphore never has more than %d"
                .formatted(permits, held, block().getInt(TOTAL)));
      }
      checkRoom(permits);
      giveBack(permits);
    } finally {
      lock.unlock();
    }
    waitPoint.signal();
  }

  /// What this process has.
  private int own() {
    long entry = block().getLong(account(participants.self()));
    return (int) (entry >>> 32) == participants.self() ? (int) entry : 0;
  }

  /// Before anything is changed.
  private void checkRoom(int permits) {
    if ((long) block().getInt(TOTAL) + permits <= Integer.MAX_VALUE) {
      return;
    }
    if (block().getInt(TOTAL) + Math.max(0, permits - held()) > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "a semaphore has at most %d permits: there are %d, and %d more were released"
              .formatted(Integer.MAX_VALUE, block().getInt(TOTAL), permits));
    }
  }

  private long held() {
    long held = 0;
    for (int slot = 0; slot < Participants.SLOTS; slot++) {
      held += (int) block().getLong(ACCOUNTS + slot * 8L);
    }
    return held;
  }

  /// What this process has first, then what others have: anybody may give a permit back.
  private void giveBack(int permits) {
    int left = permits;
    for (int slot = -1; slot < Participants.SLOTS && left > 0; slot++) {
      long account = slot < 0 ? account(participants.self()) : ACCOUNTS + slot * 8L;
      long entry = block().getLong(account);
      int back = Math.min(left, (int) entry);
      if (back > 0) {
        block().setLong(account, entry - back);
        FaultPoint.at("semaphore.returned");
        left -= back;
      }
    }
    block().setInt(TOTAL, block().getInt(TOTAL) + left);
    block().setInt(AVAILABLE, block().getInt(AVAILABLE) + permits);
    FaultPoint.at("semaphore.released");
  }

  @Override
  public int availablePermits() {
    checkOpen();
    if (anyDeadHolder() || lock.isOwnerDead()) {
      begin();
      try {
        bury();
      } finally {
        lock.unlock();
      }
    }
    return block().getInt(AVAILABLE);
  }

  /// Takes the lock, and if its last owner died, counts again.
  private void begin() {
    lock.lock();
    if (lock.wasAbandoned()) {
      recount();
      lock.repaired();
    }
  }

  private void recount() {
    block().setInt(AVAILABLE, (int) Math.max(0, block().getInt(TOTAL) - held()));
  }

  /// Takes back what the dead had.
  private void bury() {
    boolean found = false;
    for (int slot = 0; slot < Participants.SLOTS; slot++) {
      long account = ACCOUNTS + slot * 8L;
      if (isDeads(block().getLong(account))) {
        block().setLong(account, 0);
        FaultPoint.at("semaphore.buried");
        found = true;
      }
    }
    if (found) {
      recount();
      waitPoint.signal();
    }
  }

  private boolean anyDeadHolder() {
    for (int slot = 0; slot < Participants.SLOTS; slot++) {
      if (isDeads(block().getLong(ACCOUNTS + slot * 8L))) {
        return true;
      }
    }
    return false;
  }

  private boolean isDeads(long account) {
    return (int) account != 0 && participants.isDead((int) (account >>> 32));
  }

  private static long account(int participant) {
    return ACCOUNTS + Participants.slot(participant) * 8L;
  }

  private static void requirePositive(int permits) {
    if (permits <= 0) {
      throw new IllegalArgumentException("permits: " + permits + " (must be positive)");
    }
  }
}
