package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.FaultPoint;
import dev.telar.internal.memory.WaitPoint;
import dev.telar.shared.SharedLatch;
import java.util.concurrent.TimeUnit;

/// A [SharedLatch]: the count (0, 8 bytes), and a wait point (8).
final class MappedLatch extends MappedObject implements SharedLatch {
  private static final long serialVersionUID = 1L;
  private static final long WAIT_POINT = 8;
  static final long BYTES = WAIT_POINT + WaitPoint.BYTES;

  private final transient WaitPoint waitPoint;

  MappedLatch(Block block) {
    super(ObjectKind.LATCH, block);
    this.waitPoint = new WaitPoint(block, WAIT_POINT, false, this);
  }

  /// For its maker, before anybody else knows it.
  void begin(long count) {
    block().setLong(0, count);
  }

  @Override
  public void countDown() {
    checkOpen();
    long count;
    do {
      count = block().getLong(0);
      if (count == 0) {
        return;
      }
    } while (!block().compareAndSetLong(0, count, count - 1));
    FaultPoint.at("latch.counted");
    if (count == 1) {
      waitPoint.signal();
    }
  }

  @Override
  public long getCount() {
    checkOpen();
    return block().getLong(0);
  }

  @Override
  public void await() throws InterruptedException {
    waitPoint.await(() -> getCount() == 0, Long.MAX_VALUE);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return waitPoint.await(() -> getCount() == 0, unit.toNanos(time));
  }
}
