package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedCharArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.CharBuffer;

/// A [SharedCharArray].
final class MappedCharArray extends MappedArray implements SharedCharArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 2;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_CHAR.varHandle();

  private final transient MemorySegment elements;

  MappedCharArray(Block block) {
    super(ObjectKind.CHAR_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public char get(long index) {
    checkOpen();
    return (char) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, char value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public char getVolatile(long index) {
    checkOpen();
    return (char) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, char value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public char getAndSet(long index, char value) {
    checkOpen();
    while (true) {
      char before = getVolatile(index);
      if (compareAndSet(index, before, value)) {
        return before;
      }
    }
  }

  @Override
  public boolean compareAndSet(long index, char expected, char value) {
    checkOpen();
    return Narrow.compareAndSet(padded(), at(index), WIDTH, expected, value);
  }

  @Override
  public char getAndAdd(long index, char delta) {
    while (true) {
      char before = getVolatile(index);
      if (compareAndSet(index, before, (char) (before + delta))) {
        return before;
      }
    }
  }

  @Override
  public void fill(long from, long to, char value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, char[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_CHAR, 0, count);
  }

  @Override
  public void copyTo(long first, char[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_CHAR, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedCharArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public CharBuffer asBuffer(long from, long to) {
    return bytes(from, to).order(ByteOrder.nativeOrder()).asCharBuffer();
  }
}
