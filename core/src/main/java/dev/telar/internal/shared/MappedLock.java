package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.RobustLock;
import dev.telar.shared.SharedCondition;
import dev.telar.shared.SharedLock;
import java.util.concurrent.TimeUnit;

/// A [SharedLock]: a [RobustLock], and room for its conditions.
///
/// ```
///     0  the lock
///    64  how many conditions have been made (4)
///   128  condition 0: see MappedCondition
///   192  condition 1 …
/// ```
final class MappedLock extends MappedObject implements SharedLock {
  private static final long serialVersionUID = 1L;
  private static final int CONDITIONS = 30;
  private static final long MADE = 64;
  private static final long FIRST = 128;
  static final long BYTES = FIRST + CONDITIONS * MappedCondition.BYTES;

  private final transient RobustLock lock;

  MappedLock(Block block) {
    super(ObjectKind.LOCK, block);
    this.lock = new RobustLock(block, 0, this);
  }

  RobustLock robust() {
    return lock;
  }

  @Override
  public void lock() {
    lock.lock();
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
  }

  @Override
  public boolean tryLock() {
    return lock.tryLock();
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    return lock.tryLock(unit.toNanos(time));
  }

  @Override
  public void unlock() {
    lock.unlock();
  }

  @Override
  public SharedCondition newCondition() {
    checkOpen();
    int made;
    do {
      made = block().getInt(MADE);
      if (made == CONDITIONS) {
        throw new IllegalStateException(
            "a SharedLock has at most %d conditions: make each once, and pass it on"
                .formatted(CONDITIONS));
      }
    } while (!block().compareAndSetInt(MADE, made, made + 1));
    Block part = block().part(FIRST + made * MappedCondition.BYTES, MappedCondition.BYTES);
    return MappedCondition.create(part, block());
  }

  @Override
  public boolean isLocked() {
    checkOpen();
    return lock.isLocked();
  }

  @Override
  public boolean isHeldByCurrentThread() {
    return lock.isHeldByCurrentThread();
  }

  @Override
  public int holdCount() {
    return lock.holdCount();
  }

  @Override
  public boolean wasAbandoned() {
    checkOpen();
    return lock.wasAbandoned();
  }

  @Override
  public void repaired() {
    checkOpen();
    lock.repaired();
  }
}
