package dev.telar.shared;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/// A `long` that processes share: as [AtomicLong][java.util.concurrent.atomic.AtomicLong] is to
/// threads.
///
/// Every operation is atomic, lock-free, and has the memory effects of a volatile access, also
/// between processes. A process that dies leaves the value as its last completed operation made it:
/// there is nothing that it could hold.
///
/// Every method throws [SharedClosedException] when the [Shared] of this object is closed.
public interface SharedLong extends SharedObject {

  /// The current value.
  long get();

  /// Sets the value.
  void set(long value);

  /// Sets the value.
  ///
  /// @return the value before
  long getAndSet(long value);

  /// Sets the value if it is the expected one.
  ///
  /// @return false if it was another
  boolean compareAndSet(long expected, long value);

  /// Adds to the value; on overflow it wraps.
  ///
  /// @return the value before
  long getAndAdd(long delta);

  /// Adds to the value; on overflow it wraps.
  ///
  /// @return the value after
  default long addAndGet(long delta) {
    return getAndAdd(delta) + delta;
  }

  /// Adds one.
  ///
  /// @return the value before
  default long getAndIncrement() {
    return getAndAdd(1);
  }

  /// Adds one.
  ///
  /// @return the value after
  default long incrementAndGet() {
    return getAndAdd(1) + 1;
  }

  /// Subtracts one.
  ///
  /// @return the value before
  default long getAndDecrement() {
    return getAndAdd(-1);
  }

  /// Subtracts one.
  ///
  /// @return the value after
  default long decrementAndGet() {
    return getAndAdd(-1) - 1;
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value before
  default long getAndUpdate(LongUnaryOperator update) {
    while (true) {
      long before = get();
      if (compareAndSet(before, update.applyAsLong(before))) {
        return before;
      }
    }
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default long updateAndGet(LongUnaryOperator update) {
    while (true) {
      long before = get();
      long after = update.applyAsLong(before);
      if (compareAndSet(before, after)) {
        return after;
      }
    }
  }

  /// Replaces the value by what a function makes of it and of another value. The function is called
  /// again if another thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default long accumulateAndGet(long other, LongBinaryOperator accumulate) {
    return updateAndGet(before -> accumulate.applyAsLong(before, other));
  }
}
