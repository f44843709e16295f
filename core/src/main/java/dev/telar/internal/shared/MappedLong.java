package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.Words;
import dev.telar.shared.SharedLong;
import java.lang.foreign.MemorySegment;

/// A [SharedLong]: the first word of its block.
final class MappedLong extends MappedObject implements SharedLong {
  private static final long serialVersionUID = 1L;
  static final long BYTES = Long.BYTES;

  private final transient MemorySegment word;

  MappedLong(Block block) {
    super(ObjectKind.LONG, block);
    this.word = block.segment();
  }

  @Override
  public long get() {
    checkOpen();
    return (long) Words.LONG.getVolatile(word, 0L);
  }

  @Override
  public void set(long value) {
    checkOpen();
    Words.LONG.setVolatile(word, 0L, value);
  }

  @Override
  public long getAndSet(long value) {
    checkOpen();
    return (long) Words.LONG.getAndSet(word, 0L, value);
  }

  @Override
  public boolean compareAndSet(long expected, long value) {
    checkOpen();
    return Words.LONG.compareAndSet(word, 0L, expected, value);
  }

  @Override
  public long getAndAdd(long delta) {
    checkOpen();
    return (long) Words.LONG.getAndAdd(word, 0L, delta);
  }
}
