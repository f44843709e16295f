package dev.telar.shared;

/// A `boolean` that processes share: as [AtomicBoolean][java.util.concurrent.atomic.AtomicBoolean]
/// is to threads.
///
/// Every operation is atomic, lock-free, and has the memory effects of a volatile access, also
/// between processes. A process that dies leaves the value as its last completed operation made it:
/// there is nothing that it could hold.
///
/// Every method throws [SharedClosedException] when the [Shared] of this object is closed.
public interface SharedBoolean extends SharedObject {

  /// The current value.
  boolean get();

  /// Sets the value.
  void set(boolean value);

  /// Sets the value.
  ///
  /// @return the value before
  boolean getAndSet(boolean value);

  /// Sets the value if it is the expected one.
  ///
  /// @return false if it was another
  boolean compareAndSet(boolean expected, boolean value);
}
