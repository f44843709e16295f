package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedBooleanArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/// A [SharedBooleanArray].
final class MappedBooleanArray extends MappedArray implements SharedBooleanArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 1;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_BYTE.varHandle();

  private final transient MemorySegment elements;

  MappedBooleanArray(Block block) {
    super(ObjectKind.BOOLEAN_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  private static byte bit(boolean value) {
    return value ? (byte) 1 : 0;
  }

  @Override
  public boolean get(long index) {
    checkOpen();
    return (byte) ELEMENT.get(elements, at(index)) != 0;
  }

  @Override
  public void set(long index, boolean value) {
    checkOpen();
    ELEMENT.set(elements, at(index), bit(value));
  }

  @Override
  public boolean getVolatile(long index) {
    checkOpen();
    return (byte) ELEMENT.getVolatile(elements, at(index)) != 0;
  }

  @Override
  public void setVolatile(long index, boolean value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), bit(value));
  }

  @Override
  public boolean getAndSet(long index, boolean value) {
    checkOpen();
    while (true) {
      boolean before = getVolatile(index);
      if (compareAndSet(index, before, value)) {
        return before;
      }
    }
  }

  @Override
  public boolean compareAndSet(long index, boolean expected, boolean value) {
    checkOpen();
    return Narrow.compareAndSet(padded(), at(index), WIDTH, bit(expected), bit(value));
  }

  @Override
  public void fill(long from, long to, boolean value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, bit(value));
    }
  }

  @Override
  public void copyFrom(long at, boolean[] source, int first, int count) {
    Objects.checkFromIndexSize(first, count, source.length);
    MemorySegment range = range(at, count);
    for (int i = 0; i < count; i++) {
      ELEMENT.set(range, i * (long) WIDTH, bit(source[first + i]));
    }
  }

  @Override
  public void copyTo(long first, boolean[] target, int at, int count) {
    Objects.checkFromIndexSize(at, count, target.length);
    MemorySegment range = range(first, count);
    for (int i = 0; i < count; i++) {
      target[at + i] = (byte) ELEMENT.get(range, i * (long) WIDTH) != 0;
    }
  }

  @Override
  public void copyFrom(long at, SharedBooleanArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }
}
