package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.RobustCondition;
import dev.telar.shared.SharedCondition;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/// A [SharedCondition]: a part of its lock's block.
///
/// ```
///    0  a RobustCondition
///   48  where in the file the lock's block begins (8)
/// ```
final class MappedCondition extends MappedObject implements SharedCondition {
  private static final long serialVersionUID = 1L;
  private static final long LOCK = RobustCondition.BYTES;
  static final long BYTES = 64;

  private final transient RobustCondition condition;

  MappedCondition(Block block) {
    super(ObjectKind.CONDITION, block);
    Block whole = block.sibling(block.getLong(LOCK), MappedLock.BYTES);
    MappedLock lock = (MappedLock) ObjectKind.LOCK.object(whole);
    this.condition = new RobustCondition(lock.robust(), block, 0, this);
  }

  /// Makes a new one.
  static MappedCondition create(Block block, Block lock) {
    block.setLong(LOCK, lock.handle().offset());
    return (MappedCondition) ObjectKind.CONDITION.object(block);
  }

  @Override
  public void await() throws InterruptedException {
    condition.await(Long.MAX_VALUE);
  }

  @Override
  public void awaitUninterruptibly() {
    condition.awaitUninterruptibly();
  }

  @Override
  public long awaitNanos(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    condition.await(Math.max(0, nanos));
    return nanos - (System.nanoTime() - start);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return condition.await(Math.max(0, unit.toNanos(time)));
  }

  @Override
  @SuppressWarnings("JavaUtilDate") // it is what the interface says
  public boolean awaitUntil(Date deadline) throws InterruptedException {
    long millis = deadline.getTime() - System.currentTimeMillis();
    return condition.await(Math.max(0, TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  @Override
  public void signal() {
    checkOpen();
    condition.signal();
  }

  @Override
  public void signalAll() {
    checkOpen();
    condition.signalAll();
  }
}
