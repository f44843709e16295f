package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.SharedArena;
import dev.telar.shared.SharedArray;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/// What all shared arrays have in common.
///
/// ```
///    0  length
///   64  elements, and zeros up to a multiple of 8: so that narrow ones can be changed as part of an int
/// ```
abstract class MappedArray extends MappedObject implements SharedArray {
  private static final long serialVersionUID = 1L;
  private static final long ELEMENTS = 64;

  private final transient long length;
  private final transient int width;
  private final transient MemorySegment padded;

  MappedArray(ObjectKind kind, Block block, int width) {
    super(kind, block);
    this.length = block.getLong(0);
    this.width = width;
    if (length < 0 || length > (block.size() - ELEMENTS) / width) {
      throw new SharedMemoryException(
          "cannot attach " + block.handle(),
          new IOException("it is no " + kind.typeName() + " of " + length + " elements"));
    }
    this.padded = block.segment().asSlice(ELEMENTS);
  }

  /// Memory for an array.
  ///
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  static Block allocate(SharedArena arena, long length, int width) {
    if (length < 0) {
      throw new IllegalArgumentException("an array cannot have " + length + " elements");
    }
    long bytes;
    try {
      bytes = Math.addExact(Math.multiplyExact(length, width), ELEMENTS + 7) & -8L;
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("an array of " + length + " elements is too large", e);
    }
    Block block = arena.allocate(bytes);
    block.setLong(0, length);
    return block;
  }

  /// The memory of the elements, and the padding behind them.
  final MemorySegment padded() {
    return padded;
  }

  final MemorySegment elements() {
    return padded.asSlice(0, length * width);
  }

  @Override
  public final long length() {
    return length;
  }

  @Override
  public final long byteSize() {
    return length * width;
  }

  @Override
  public final MemorySegment asSegment() {
    checkOpen();
    return elements();
  }

  /// Where an element is.
  ///
  /// @throws IndexOutOfBoundsException if it is not there
  final long at(long index) {
    return Objects.checkIndex(index, length) * width;
  }

  /// The memory of some elements, for one bulk access.
  ///
  /// @throws IndexOutOfBoundsException if they are not all there
  final MemorySegment range(long from, long count) {
    checkOpen();
    Objects.checkFromIndexSize(from, count, length);
    return padded.asSlice(from * width, count * width);
  }

  final void copyRange(long at, MappedArray source, long first, long count) {
    MemorySegment target = range(at, count);
    MemorySegment.copy(source.range(first, count), 0, target, 0, target.byteSize());
  }

  final ByteBuffer bytes(long from, long to) {
    MemorySegment range = range(from, to - from);
    if (range.byteSize() > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException(
          "a buffer cannot hold " + range.byteSize() + " bytes; use asSegment()");
    }
    return range.asByteBuffer();
  }
}
