package dev.telar.shared;

import java.util.Objects;

/// Ranges of shared arrays that go into arrays of this process.
final class ArrayRange {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private ArrayRange() {}

  /// How many elements a range has.
  ///
  /// @throws IndexOutOfBoundsException if it is no range of so many elements, or an array cannot
  ///   hold it
  static int size(long from, long to, long length) {
    Objects.checkFromToIndex(from, to, length);
    if (to - from > LONGEST_ARRAY) {
      throw new IndexOutOfBoundsException(
          "an array cannot hold " + (to - from) + " elements; copy ranges, or use asSegment()");
    }
    return (int) (to - from);
  }
}
