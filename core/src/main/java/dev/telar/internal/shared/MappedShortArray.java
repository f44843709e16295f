package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedShortArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/// A [SharedShortArray].
final class MappedShortArray extends MappedArray implements SharedShortArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 2;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_SHORT.varHandle();

  private final transient MemorySegment elements;

  MappedShortArray(Block block) {
    super(ObjectKind.SHORT_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public short get(long index) {
    checkOpen();
    return (short) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, short value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public short getVolatile(long index) {
    checkOpen();
    return (short) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, short value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public short getAndSet(long index, short value) {
    checkOpen();
    while (true) {
      short before = getVolatile(index);
      if (compareAndSet(index, before, value)) {
        return before;
      }
    }
  }

  @Override
  public boolean compareAndSet(long index, short expected, short value) {
    checkOpen();
    return Narrow.compareAndSet(padded(), at(index), WIDTH, expected, value);
  }

  @Override
  public short getAndAdd(long index, short delta) {
    while (true) {
      short before = getVolatile(index);
      if (compareAndSet(index, before, (short) (before + delta))) {
        return before;
      }
    }
  }

  @Override
  public void fill(long from, long to, short value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, short[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_SHORT, 0, count);
  }

  @Override
  public void copyTo(long first, short[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_SHORT, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedShortArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public ShortBuffer asBuffer(long from, long to) {
    return bytes(from, to).order(ByteOrder.nativeOrder()).asShortBuffer();
  }
}
