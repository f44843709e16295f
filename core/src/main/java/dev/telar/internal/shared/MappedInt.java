package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.Words;
import dev.telar.shared.SharedInt;
import java.lang.foreign.MemorySegment;

/// A [SharedInt]: the first word of its block.
final class MappedInt extends MappedObject implements SharedInt {
  private static final long serialVersionUID = 1L;
  static final long BYTES = Integer.BYTES;

  private final transient MemorySegment word;

  MappedInt(Block block) {
    super(ObjectKind.INT, block);
    this.word = block.segment();
  }

  @Override
  public int get() {
    checkOpen();
    return (int) Words.INT.getVolatile(word, 0L);
  }

  @Override
  public void set(int value) {
    checkOpen();
    Words.INT.setVolatile(word, 0L, value);
  }

  @Override
  public int getAndSet(int value) {
    checkOpen();
    return (int) Words.INT.getAndSet(word, 0L, value);
  }

  @Override
  public boolean compareAndSet(int expected, int value) {
    checkOpen();
    return Words.INT.compareAndSet(word, 0L, expected, value);
  }

  @Override
  public int getAndAdd(int delta) {
    checkOpen();
    return (int) Words.INT.getAndAdd(word, 0L, delta);
  }
}
