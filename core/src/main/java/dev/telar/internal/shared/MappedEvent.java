package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.FaultPoint;
import dev.telar.internal.memory.WaitPoint;
import dev.telar.shared.SharedEvent;
import java.util.concurrent.TimeUnit;

/// A [SharedEvent]: whether it is set (0, 4 bytes), and a wait point (8).
final class MappedEvent extends MappedObject implements SharedEvent {
  private static final long serialVersionUID = 1L;
  private static final long WAIT_POINT = 8;
  static final long BYTES = WAIT_POINT + WaitPoint.BYTES;

  private final transient WaitPoint waitPoint;

  MappedEvent(Block block) {
    super(ObjectKind.EVENT, block);
    this.waitPoint = new WaitPoint(block, WAIT_POINT, false, this);
  }

  @Override
  public void set() {
    checkOpen();
    block().setInt(0, 1);
    FaultPoint.at("event.set");
    waitPoint.signal();
  }

  @Override
  public void clear() {
    checkOpen();
    block().setInt(0, 0);
  }

  @Override
  public boolean isSet() {
    checkOpen();
    return block().getInt(0) != 0;
  }

  @Override
  public void await() throws InterruptedException {
    waitPoint.await(this::isSet, Long.MAX_VALUE);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return waitPoint.await(this::isSet, unit.toNanos(time));
  }
}
