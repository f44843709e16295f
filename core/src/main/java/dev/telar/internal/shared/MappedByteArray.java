package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedByteArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/// A [SharedByteArray].
final class MappedByteArray extends MappedArray implements SharedByteArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 1;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_BYTE.varHandle();

  private final transient MemorySegment elements;

  MappedByteArray(Block block) {
    super(ObjectKind.BYTE_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public byte get(long index) {
    checkOpen();
    return (byte) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, byte value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public byte getVolatile(long index) {
    checkOpen();
    return (byte) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, byte value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public byte getAndSet(long index, byte value) {
    checkOpen();
    while (true) {
      byte before = getVolatile(index);
      if (compareAndSet(index, before, value)) {
        return before;
      }
    }
  }

  @Override
  public boolean compareAndSet(long index, byte expected, byte value) {
    checkOpen();
    return Narrow.compareAndSet(padded(), at(index), WIDTH, expected, value);
  }

  @Override
  public byte getAndAdd(long index, byte delta) {
    while (true) {
      byte before = getVolatile(index);
      if (compareAndSet(index, before, (byte) (before + delta))) {
        return before;
      }
    }
  }

  @Override
  public void fill(long from, long to, byte value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, byte[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_BYTE, 0, count);
  }

  @Override
  public void copyTo(long first, byte[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_BYTE, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedByteArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public ByteBuffer asBuffer(long from, long to) {
    return bytes(from, to);
  }
}
