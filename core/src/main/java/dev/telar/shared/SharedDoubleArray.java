package dev.telar.shared;

import java.nio.DoubleBuffer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Elements of type `double` in memory that processes share. See [SharedArray] for what all arrays
/// have in common: which access sees what, what happens at the end.
public interface SharedDoubleArray extends SharedArray {

  /// The element, by a plain read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  double get(long index);

  /// Sets the element, by a plain write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void set(long index, double value);

  /// The element, by a volatile read.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  double getVolatile(long index);

  /// Sets the element, by a volatile write.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  void setVolatile(long index, double value);

  /// Sets the element atomically.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  double getAndSet(long index, double value);

  /// Sets the element atomically if it is the expected value, bit by bit.
  ///
  /// @return false if it was another
  /// @throws IndexOutOfBoundsException if there is none
  boolean compareAndSet(long index, double expected, double value);

  /// Adds to the element atomically.
  ///
  /// @return the element before
  /// @throws IndexOutOfBoundsException if there is none
  double getAndAdd(long index, double delta);

  /// Adds to the element atomically.
  ///
  /// @return the element after
  /// @throws IndexOutOfBoundsException if there is none
  default double addAndGet(long index, double delta) {
    return getAndAdd(index, delta) + delta;
  }

  /// Replaces the element atomically by what a function makes of it. The function is called again
  /// if another thread or process was faster, so it should have no side effects.
  ///
  /// @return the element after
  /// @throws IndexOutOfBoundsException if there is none
  default double updateAndGet(long index, DoubleUnaryOperator update) {
    while (true) {
      double before = getVolatile(index);
      double after = update.applyAsDouble(before);
      if (compareAndSet(index, before, after)) {
        return after;
      }
    }
  }

  /// Replaces the element atomically by what a function makes of it and of another value. The
  /// function is called again if another thread or process was faster, so it should have no side
  /// effects.
  ///
  /// @return the element after
  /// @throws IndexOutOfBoundsException if there is none
  default double accumulateAndGet(long index, double other, DoubleBinaryOperator accumulate) {
    return updateAndGet(index, before -> accumulate.applyAsDouble(before, other));
  }

  /// Sets all elements.
  default void fill(double value) {
    fill(0, length(), value);
  }

  /// Sets the elements of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was written then
  void fill(long from, long to, double value);

  /// Copies elements from an array of this process.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, double[] source, int first, int count);

  /// Copies a whole array of this process.
  ///
  /// @param at where the first goes
  /// @throws IndexOutOfBoundsException if it does not fit; nothing was copied then
  default void copyFrom(long at, double[] source) {
    copyFrom(at, source, 0, source.length);
  }

  /// Copies elements from another shared array, or within this one; the ranges may overlap.
  ///
  /// @param at where the first goes
  /// @param first which element of `source` is the first
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyFrom(long at, SharedDoubleArray source, long first, long count);

  /// Copies elements to an array of this process.
  ///
  /// @param first which element of this is the first
  /// @param at where in `target` it goes
  /// @throws IndexOutOfBoundsException if they are not all there; nothing was copied then
  void copyTo(long first, double[] target, int at, int count);

  /// A copy of a range.
  ///
  /// @param from the first
  /// @param to the one after the last
  /// @throws IndexOutOfBoundsException if they are not all there, or more than an array can hold
  default double[] toArray(long from, long to) {
    var copy = new double[ArrayRange.size(from, to, length())];
    copyTo(from, copy, 0, copy.length);
    return copy;
  }

  /// A copy of all elements.
  ///
  /// @throws IndexOutOfBoundsException if they are more than an array can hold
  default double[] toArray() {
    return toArray(0, length());
  }

  /// A view of a range as a buffer: what is written through it is written here. Like
  /// [#asSegment()], it does not notice the end of this array.
  ///
  /// @param from the first
  /// @param to the one after the last; at most 2 GiB of memory behind the first
  /// @throws IndexOutOfBoundsException if they are not all there, or more than a buffer can hold
  DoubleBuffer asBuffer(long from, long to);
}
