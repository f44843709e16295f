package dev.telar.shared;

import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/// An `int` that processes share: as [AtomicInteger][java.util.concurrent.atomic.AtomicInteger] is
/// to threads.
///
/// Every operation is atomic, lock-free, and has the memory effects of a volatile access, also
/// between processes. A process that dies leaves the value as its last completed operation made it:
/// there is nothing that it could hold.
///
/// Every method throws [SharedClosedException] when the [Shared] of this object is closed.
public interface SharedInt extends SharedObject {

  /// The current value.
  int get();

  /// Sets the value.
  void set(int value);

  /// Sets the value.
  ///
  /// @return the value before
  int getAndSet(int value);

  /// Sets the value if it is the expected one.
  ///
  /// @return false if it was another
  boolean compareAndSet(int expected, int value);

  /// Adds to the value; on overflow it wraps.
  ///
  /// @return the value before
  int getAndAdd(int delta);

  /// Adds to the value; on overflow it wraps.
  ///
  /// @return the value after
  default int addAndGet(int delta) {
    return getAndAdd(delta) + delta;
  }

  /// Adds one.
  ///
  /// @return the value before
  default int getAndIncrement() {
    return getAndAdd(1);
  }

  /// Adds one.
  ///
  /// @return the value after
  default int incrementAndGet() {
    return getAndAdd(1) + 1;
  }

  /// Subtracts one.
  ///
  /// @return the value before
  default int getAndDecrement() {
    return getAndAdd(-1);
  }

  /// Subtracts one.
  ///
  /// @return the value after
  default int decrementAndGet() {
    return getAndAdd(-1) - 1;
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value before
  default int getAndUpdate(IntUnaryOperator update) {
    while (true) {
      int before = get();
      if (compareAndSet(before, update.applyAsInt(before))) {
        return before;
      }
    }
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default int updateAndGet(IntUnaryOperator update) {
    while (true) {
      int before = get();
      int after = update.applyAsInt(before);
      if (compareAndSet(before, after)) {
        return after;
      }
    }
  }

  /// Replaces the value by what a function makes of it and of another value. The function is called
  /// again if another thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default int accumulateAndGet(int other, IntBinaryOperator accumulate) {
    return updateAndGet(before -> accumulate.applyAsInt(before, other));
  }
}
