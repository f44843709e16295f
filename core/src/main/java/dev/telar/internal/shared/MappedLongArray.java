package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedLongArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// A [SharedLongArray].
final class MappedLongArray extends MappedArray implements SharedLongArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 8;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_LONG.varHandle();

  private final transient MemorySegment elements;

  MappedLongArray(Block block) {
    super(ObjectKind.LONG_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public long get(long index) {
    checkOpen();
    return (long) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, long value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public long getVolatile(long index) {
    checkOpen();
    return (long) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, long value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public long getAndSet(long index, long value) {
    checkOpen();
    return (long) ELEMENT.getAndSet(elements, at(index), value);
  }

  @Override
  public boolean compareAndSet(long index, long expected, long value) {
    checkOpen();
    return ELEMENT.compareAndSet(elements, at(index), expected, value);
  }

  @Override
  public long getAndAdd(long index, long delta) {
    checkOpen();
    return (long) ELEMENT.getAndAdd(elements, at(index), delta);
  }

  @Override
  public void fill(long from, long to, long value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, long[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_LONG, 0, count);
  }

  @Override
  public void copyTo(long first, long[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_LONG, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedLongArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public LongBuffer asBuffer(long from, long to) {
    return bytes(from, to).order(ByteOrder.nativeOrder()).asLongBuffer();
  }
}
