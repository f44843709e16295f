package dev.telar.internal.shared;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.Words;
import dev.telar.shared.SharedDouble;
import java.lang.foreign.MemorySegment;

/// A [SharedDouble]: its bits are the first word of its block.
final class MappedDouble extends MappedObject implements SharedDouble {
  private static final long serialVersionUID = 1L;
  static final long BYTES = Double.BYTES;

  private final transient MemorySegment word;

  MappedDouble(Block block) {
    super(ObjectKind.DOUBLE, block);
    this.word = block.segment();
  }

  @Override
  public double get() {
    checkOpen();
    return longBitsToDouble((long) Words.LONG.getVolatile(word, 0L));
  }

  @Override
  public void set(double value) {
    checkOpen();
    Words.LONG.setVolatile(word, 0L, doubleToRawLongBits(value));
  }

  @Override
  public double getAndSet(double value) {
    checkOpen();
    return longBitsToDouble((long) Words.LONG.getAndSet(word, 0L, doubleToRawLongBits(value)));
  }

  @Override
  public boolean compareAndSet(double expected, double value) {
    checkOpen();
    return Words.LONG.compareAndSet(
        word, 0L, doubleToRawLongBits(expected), doubleToRawLongBits(value));
  }
}
