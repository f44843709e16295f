package dev.telar.shared;

import java.nio.ShortBuffer;

/// Elements of type `short` in memory that processes share. See [SharedArray] for what all arrays
/// have in common: which access sees what, what happens at the end.
public interface SharedShortArray extends SharedArray {

  /// The element, by a plain read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  short get(long index);

  /// Sets the element, by a plain write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void set(long index, short value);

  /// The element, by a volatile read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  short getVolatile(long index);

  /// Sets the element, by a volatile write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void setVolatile(long index, short value);

  /// Sets the element atomically.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  short getAndSet(long index, short value);

  /// Sets the element atomically if it is the expected value.
  ///
  /// @return false if it was another
  /// @throws IndexOutOfBoundsException if there is none
  boolean compareAndSet(long index, short expected, short value);

  /// Adds to the element atomically; on overflow it wraps.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  short getAndAdd(long index, short delta);

  /// Adds to the element atomically; on overflow it wraps.
  ///
  /// @return the element after
  /// @throws IndexOutOfBoundsException if there is none
  default short addAndGet(long index, short delta) {
    return (short) (getAndAdd(index, delta) + delta);
  }

  /// Sets all elements.
  default void fill(short value) {
    fill(0, length(), value);
  }

  /// Sets the elements of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was written then
  void fill(long from, long to, short value);

  /// Copies elements from an array of this process.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, short[] source, int first, int count);

  /// Copies a whole array of this process.
  ///
  /// @param at where the first goes
  /// @throws IndexOutOfBoundsException if it does not fit; nothing was copied then
  default void copyFrom(long at, short[] source) {
    copyFrom(at, source, 0, source.length);
  }

  /// Copies elements from another shared array, or within this one; the ranges may overlap.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, SharedShortArray source, long first, long count);

  /// Copies elements to an array of this process.
  ///
  /// @param first which element of this is the first
  /// @param at where in `target` it goes
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyTo(long first, short[] target, int at, int count);

  /// A copy of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there, or more than an array can hold
  default short[] toArray(long from, long to) {
    var copy = new short[ArrayRange.size(from, to, length())];
    copyTo(from, copy, 0, copy.length);
    return copy;
  }

  /// A copy of all elements.
  ///
  /// @throws IndexOutOfBoundsException if they are more than an array can hold
  default short[] toArray() {
    return toArray(0, length());
  }

  /// A view of a range as a buffer: what is written through it is written here. Like
  /// [#asSegment()], it does not notice the end of this array.
  ///
  /// @param from the first
  /// @param to the one after the last; at most 2 GiB of memory behind the first
  /// @throws IndexOutOfBoundsException if they are not all there, or more than a buffer can hold
  ShortBuffer asBuffer(long from, long to);
}
