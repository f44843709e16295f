package dev.telar.shared;

/// Elements of type `boolean` in memory that processes share. See [SharedArray] for what all arrays
/// have in common: which access sees what, what happens at the end.
public interface SharedBooleanArray extends SharedArray {

  /// The element, by a plain read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  boolean get(long index);

  /// Sets the element, by a plain write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void set(long index, boolean value);

  /// The element, by a volatile read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  boolean getVolatile(long index);

  /// Sets the element, by a volatile write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void setVolatile(long index, boolean value);

  /// Sets the element atomically.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  boolean getAndSet(long index, boolean value);

  /// Sets the element atomically if it is the expected value.
  ///
  /// @return false if it was another
  /// @throws IndexOutOfBoundsException if there is none
  boolean compareAndSet(long index, boolean expected, boolean value);

  /// Sets all elements.
  default void fill(boolean value) {
    fill(0, length(), value);
  }

  /// Sets the elements of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was written then
  void fill(long from, long to, boolean value);

  /// Copies elements from an array of this process.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, boolean[] source, int first, int count);

  /// Copies a whole array of this process.
  ///
  /// @param at where the first goes
  /// @throws IndexOutOfBoundsException if it does not fit; nothing was copied then
  default void copyFrom(long at, boolean[] source) {
    copyFrom(at, source, 0, source.length);
  }

  /// Copies elements from another shared array, or within this one; the ranges may overlap.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, SharedBooleanArray source, long first, long count);

  /// Copies elements to an array of this process.
  ///
  /// @param first which element of this is the first
  /// @param at where in `target` it goes
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyTo(long first, boolean[] target, int at, int count);

  /// A copy of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there, or more than an array can hold
  default boolean[] toArray(long from, long to) {
    var copy = new boolean[ArrayRange.size(from, to, length())];
    copyTo(from, copy, 0, copy.length);
    return copy;
  }

  /// A copy of all elements.
  ///
  /// @throws IndexOutOfBoundsException if they are more than an array can hold
  default boolean[] toArray() {
    return toArray(0, length());
  }
}
