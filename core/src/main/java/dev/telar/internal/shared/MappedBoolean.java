package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.Words;
import dev.telar.shared.SharedBoolean;
import java.lang.foreign.MemorySegment;

/// A [SharedBoolean]: the first word of its block, 0 or 1.
final class MappedBoolean extends MappedObject implements SharedBoolean {
  private static final long serialVersionUID = 1L;
  static final long BYTES = Integer.BYTES;

  private final transient MemorySegment word;

  MappedBoolean(Block block) {
    super(ObjectKind.BOOLEAN, block);
    this.word = block.segment();
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }

  @Override
  public boolean get() {
    checkOpen();
    return (int) Words.INT.getVolatile(word, 0L) != 0;
  }

  @Override
  public void set(boolean value) {
    checkOpen();
    Words.INT.setVolatile(word, 0L, bit(value));
  }

  @Override
  public boolean getAndSet(boolean value) {
    checkOpen();
    return (int) Words.INT.getAndSet(word, 0L, bit(value)) != 0;
  }

  @Override
  public boolean compareAndSet(boolean expected, boolean value) {
    checkOpen();
    return Words.INT.compareAndSet(word, 0L, bit(expected), bit(value));
  }
}
