package dev.telar.shared;

import java.nio.ByteBuffer;

/// Elements of type `byte` in memory that processes share. See [SharedArray] for what all arrays
/// have in common: which access sees what, what happens at the end.
public interface SharedByteArray extends SharedArray {

  /// The element, by a plain read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  byte get(long index);

  /// Sets the element, by a plain write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void set(long index, byte value);

  /// The element, by a volatile read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  byte getVolatile(long index);

  /// Sets the element, by a volatile write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void setVolatile(long index, byte value);

  /// Sets the element atomically.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  byte getAndSet(long index, byte value);

  /// Sets the element atomically if it is the expected value.
  ///
  /// @return false if it was another
  /// @throws IndexOutOfBoundsException if there is none
  boolean compareAndSet(long index, byte expected, byte value);

  /// Adds to the element atomically; on overflow it wraps.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  byte getAndAdd(long index, byte delta);

  /// Adds to the element atomically; on overflow it wraps.
  ///
  /// @return the element after
  /// @throws IndexOutOfBoundsException if there is none
  default byte addAndGet(long index, byte delta) {
    return (byte) (getAndAdd(index, delta) + delta);
  }

  /// Sets all elements.
  default void fill(byte value) {
    fill(0, length(), value);
  }

  /// Sets the elements of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was written then
  void fill(long from, long to, byte value);

  /// Copies elements from an array of this process.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, byte[] source, int first, int count);

  /// Copies a whole array of this process.
  ///
  /// @param at where the first goes
  /// @throws IndexOutOfBoundsException if it does not fit; nothing was copied then
  default void copyFrom(long at, byte[] source) {
    copyFrom(at, source, 0, source.length);
  }

  /// Copies elements from another shared array, or within this one; the ranges may overlap.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, SharedByteArray source, long first, long count);

  /// Copies elements to an array of this process.
  ///
  /// @param first which element of this is the first
  /// @param at where in `target` it goes
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyTo(long first, byte[] target, int at, int count);

  /// A copy of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there, or more than an array can hold
  default byte[] toArray(long from, long to) {
    var copy = new byte[ArrayRange.size(from, to, length())];
    copyTo(from, copy, 0, copy.length);
    return copy;
  }

  /// A copy of all elements.
  ///
  /// @throws IndexOutOfBoundsException if they are more than an array can hold
  default byte[] toArray() {
    return toArray(0, length());
  }

  /// A view of a range as a buffer: what is written through it is written here. Like
  /// [#asSegment()], it does not notice the end of this array.
  ///
  /// @param from the first
  /// @param to the one after the last; at most 2 GiB of memory behind the first
  /// @throws IndexOutOfBoundsException if they are not all there, or more than a buffer can hold
  ByteBuffer asBuffer(long from, long to);
}
