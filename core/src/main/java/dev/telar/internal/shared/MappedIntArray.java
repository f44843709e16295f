package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedIntArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/// A [SharedIntArray].
final class MappedIntArray extends MappedArray implements SharedIntArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 4;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_INT.varHandle();

  private final transient MemorySegment elements;

  MappedIntArray(Block block) {
    super(ObjectKind.INT_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public int get(long index) {
    checkOpen();
    return (int) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, int value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public int getVolatile(long index) {
    checkOpen();
    return (int) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, int value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public int getAndSet(long index, int value) {
    checkOpen();
    return (int) ELEMENT.getAndSet(elements, at(index), value);
  }

  @Override
  public boolean compareAndSet(long index, int expected, int value) {
    checkOpen();
    return ELEMENT.compareAndSet(elements, at(index), expected, value);
  }

  @Override
  public int getAndAdd(long index, int delta) {
    checkOpen();
    return (int) ELEMENT.getAndAdd(elements, at(index), delta);
  }

  @Override
  public void fill(long from, long to, int value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, int[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_INT, 0, count);
  }

  @Override
  public void copyTo(long first, int[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_INT, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedIntArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public IntBuffer asBuffer(long from, long to) {
    return bytes(from, to).order(ByteOrder.nativeOrder()).asIntBuffer();
  }
}
