package dev.telar.internal.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The bytes of a [Ring], a power of two of them, written around and around; and positions there.
///
/// **A position** is one word: how many units of 8 bytes were put (or taken) so far (32), and how
/// many elements (32); both wrap around.
///
/// **An element** is its length (4), whether that is the name of a file (4), and its bytes, padded
/// to units. It may begin at the end of the bytes and go on at their start.
///
/// Nothing here is ordered or atomic: that is the ring's business.
final class RingBytes {
  private static final int UNIT = 8;
  private static final int HEADER = 8;

  private final MemorySegment segment;
  private final long base;
  private final long capacity;
  private final long mask;

  /// The bytes at an offset of a segment.
  RingBytes(MemorySegment segment, long base, long capacity) {
    this.segment = segment;
    this.base = base;
    this.capacity = capacity;
    this.mask = capacity - 1;
  }

  // Positions

  /// The position behind an element of this length.
  static long advanced(long position, int length) {
    return (((position >>> 32) + size(length) / UNIT) << 32) | ((position + 1) & 0xffff_ffffL);
  }

  /// How many elements there are between two positions.
  static int elements(long from, long to) {
    return (int) to - (int) from;
  }

  /// How many bytes there are between two positions.
  static long between(long from, long to) {
    return (((to >>> 32) - (from >>> 32)) & 0xffff_ffffL) * UNIT;
  }

  /// How many bytes an element of this length takes.
  static long size(int length) {
    return (HEADER + (long) length + UNIT - 1) & -UNIT;
  }

  // Elements

  /// The position behind an element that is here.
  long behind(long position) {
    return advanced(position, (int) header(position));
  }

  /// Whether an element is the name of a file.
  boolean isFile(long position) {
    return header(position) >>> 32 != 0;
  }

  /// The bytes of an element.
  byte[] copy(long position) {
    byte[] bytes = new byte[(int) header(position)];
    long body = body(position);
    int first = first(body, bytes.length);
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, base + body, bytes, 0, first);
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, base, bytes, first, bytes.length - first);
    return bytes;
  }

  /// Writes an element, for which there must be room.
  void write(long position, byte[] bytes, boolean isFile) {
    segment.set(ValueLayout.JAVA_LONG, base + at(position), (isFile ? 1L << 32 : 0) | bytes.length);
    long body = body(position);
    int first = first(body, bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, base + body, first);
    MemorySegment.copy(bytes, first, segment, ValueLayout.JAVA_BYTE, base, bytes.length - first);
  }

  private long header(long position) {
    return segment.get(ValueLayout.JAVA_LONG, base + at(position));
  }

  private long at(long position) {
    return ((position >>> 32) * UNIT) & mask;
  }

  private long body(long position) {
    return (at(position) + HEADER) & mask;
  }

  /// How many of the bytes come before the end of all.
  private int first(long body, int length) {
    return (int) Math.min(length, capacity - body);
  }
}
