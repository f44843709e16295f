package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedDoubleArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/// A [SharedDoubleArray].
final class MappedDoubleArray extends MappedArray implements SharedDoubleArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 8;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_DOUBLE.varHandle();

  private final transient MemorySegment elements;

  MappedDoubleArray(Block block) {
    super(ObjectKind.DOUBLE_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public double get(long index) {
    checkOpen();
    return (double) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, double value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public double getVolatile(long index) {
    checkOpen();
    return (double) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, double value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public double getAndSet(long index, double value) {
    checkOpen();
    return (double) ELEMENT.getAndSet(elements, at(index), value);
  }

  @Override
  public boolean compareAndSet(long index, double expected, double value) {
    checkOpen();
    return ELEMENT.compareAndSet(elements, at(index), expected, value);
  }

  @Override
  public double getAndAdd(long index, double delta) {
    while (true) {
      double before = getVolatile(index);
      if (compareAndSet(index, before, before + delta)) {
        return before;
      }
    }
  }

  @Override
  public void fill(long from, long to, double value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, double[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_DOUBLE, 0, count);
  }

  @Override
  public void copyTo(long first, double[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_DOUBLE, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedDoubleArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public DoubleBuffer asBuffer(long from, long to) {
    return bytes(from, to).order(ByteOrder.nativeOrder()).asDoubleBuffer();
  }
}
