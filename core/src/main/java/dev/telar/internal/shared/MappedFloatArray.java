package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.shared.SharedFloatArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// A [SharedFloatArray].
final class MappedFloatArray extends MappedArray implements SharedFloatArray {
  private static final long serialVersionUID = 1L;
  static final int WIDTH = 4;

  private static final VarHandle ELEMENT = ValueLayout.JAVA_FLOAT.varHandle();

  private final transient MemorySegment elements;

  MappedFloatArray(Block block) {
    super(ObjectKind.FLOAT_ARRAY, block, WIDTH);
    this.elements = elements();
  }

  @Override
  public float get(long index) {
    checkOpen();
    return (float) ELEMENT.get(elements, at(index));
  }

  @Override
  public void set(long index, float value) {
    checkOpen();
    ELEMENT.set(elements, at(index), value);
  }

  @Override
  public float getVolatile(long index) {
    checkOpen();
    return (float) ELEMENT.getVolatile(elements, at(index));
  }

  @Override
  public void setVolatile(long index, float value) {
    checkOpen();
    ELEMENT.setVolatile(elements, at(index), value);
  }

  @Override
  public float getAndSet(long index, float value) {
    checkOpen();
    return (float) ELEMENT.getAndSet(elements, at(index), value);
  }

  @Override
  public boolean compareAndSet(long index, float expected, float value) {
    checkOpen();
    return ELEMENT.compareAndSet(elements, at(index), expected, value);
  }

  @Override
  public float getAndAdd(long index, float delta) {
    while (true) {
      float before = getVolatile(index);
      if (compareAndSet(index, before, before + delta)) {
        return before;
      }
    }
  }

  @Override
  public void fill(long from, long to, float value) {
    MemorySegment range = range(from, to - from);
    for (long i = 0; i < to - from; i++) {
      ELEMENT.set(range, i * (long) WIDTH, value);
    }
  }

  @Override
  public void copyFrom(long at, float[] source, int first, int count) {
    MemorySegment.copy(source, first, range(at, count), ValueLayout.JAVA_FLOAT, 0, count);
  }

  @Override
  public void copyTo(long first, float[] target, int at, int count) {
    MemorySegment.copy(range(first, count), ValueLayout.JAVA_FLOAT, 0, target, at, count);
  }

  @Override
  public void copyFrom(long at, SharedFloatArray source, long first, long count) {
    copyRange(at, (MappedArray) source, first, count);
  }

  @Override
  public FloatBuffer asBuffer(long from, long to) {
    return bytes(from, to).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
