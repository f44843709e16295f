package dev.telar.internal.memory;

import java.lang.foreign.MemorySegment;

/// A piece of an arena's memory. It is zeros when it is allocated, and its start is aligned to a
/// cache line.
///
/// Offsets of words are from the start of the block; they are checked against its size. After the
/// arena's end the memory can still be read and written in this process, to no effect on others:
/// [SharedArena#checkOpen] is what tells.
public final class Block {
  private final SharedArena arena;
  private final MemorySegment file;
  private final MemorySegment segment;
  private final BlockHandle handle;

  /// A block of a file.
  ///
  /// @param file all of it, as the arena knows it: as long as a block is in use, the file is not
  ///   mapped a second time at other addresses
  Block(SharedArena arena, MemorySegment file, BlockHandle handle) {
    this(arena, file, file.asSlice(handle.offset(), handle.size()), handle);
  }

  private Block(SharedArena arena, MemorySegment file, MemorySegment segment, BlockHandle handle) {
    this.arena = arena;
    this.file = file;
    this.segment = segment;
    this.handle = handle;
  }

  public SharedArena arena() {
    return arena;
  }

  public MemorySegment segment() {
    return segment;
  }

  public BlockHandle handle() {
    return handle;
  }

  /// A part of this block, as a block of its own. Offset and size are multiples of 8.
  public Block part(long offset, long size) {
    return new Block(
        arena,
        file,
        segment.asSlice(offset, size),
        new BlockHandle(
            handle.directory(), handle.arena(), handle.file(), handle.offset() + offset, size));
  }

  /// Another block of the same file.
  ///
  /// @param offset from the start of the file
  public Block sibling(long offset, long size) {
    return arena.block(
        new BlockHandle(handle.directory(), handle.arena(), handle.file(), offset, size));
  }

  public long size() {
    return segment.byteSize();
  }

  /// Reads a word as if it were volatile.
  public long getLong(long offset) {
    return (long) Words.LONG.getVolatile(segment, offset);
  }

  /// Writes a word as if it were volatile.
  public void setLong(long offset, long value) {
    Words.LONG.setVolatile(segment, offset, value);
  }

  public boolean compareAndSetLong(long offset, long expected, long value) {
    return Words.LONG.compareAndSet(segment, offset, expected, value);
  }

  /// Reads a word as if it were volatile.
  public int getInt(long offset) {
    return (int) Words.INT.getVolatile(segment, offset);
  }

  /// Writes a word as if it were volatile.
  public void setInt(long offset, int value) {
    Words.INT.setVolatile(segment, offset, value);
  }

  public boolean compareAndSetInt(long offset, int expected, int value) {
    return Words.INT.compareAndSet(segment, offset, expected, value);
  }
}
