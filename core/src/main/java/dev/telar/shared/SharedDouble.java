package dev.telar.shared;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// A `double` that processes share.
///
/// Every operation is atomic, lock-free, and has the memory effects of a volatile access, also
/// between processes. A process that dies leaves the value as its last completed operation made it:
/// there is nothing that it could hold.
///
/// Every method throws [SharedClosedException] when the [Shared] of this object is closed.
public interface SharedDouble extends SharedObject {

  /// The current value.
  double get();

  /// Sets the value.
  void set(double value);

  /// Sets the value.
  ///
  /// @return the value before
  double getAndSet(double value);

  /// Sets the value if it is the expected one, bit by bit: −0.0 is not 0.0, and a NaN is itself.
  ///
  /// @return false if it was another
  boolean compareAndSet(double expected, double value);

  /// Adds to the value. Sums of several threads or processes depend on their order, as everywhere
  /// with floating point.
  ///
  /// @return the value before
  default double getAndAdd(double delta) {
    return getAndUpdate(before -> before + delta);
  }

  /// Adds to the value.
  ///
  /// @return the value after
  default double addAndGet(double delta) {
    return updateAndGet(before -> before + delta);
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value before
  default double getAndUpdate(DoubleUnaryOperator update) {
    while (true) {
      double before = get();
      if (compareAndSet(before, update.applyAsDouble(before))) {
        return before;
      }
    }
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default double updateAndGet(DoubleUnaryOperator update) {
    while (true) {
      double before = get();
      double after = update.applyAsDouble(before);
      if (compareAndSet(before, after)) {
        return after;
      }
    }
  }

  /// Replaces the value by what a function makes of it and of another value. The function is called
  /// again if another thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default double accumulateAndGet(double other, DoubleBinaryOperator accumulate) {
    return updateAndGet(before -> accumulate.applyAsDouble(before, other));
  }
}
