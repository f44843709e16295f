package dev.telar.shared;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A small value that processes share and replace as a whole: a configuration, a leader's name, the
/// best solution so far. As [AtomicReference][java.util.concurrent.atomic.AtomicReference] is to
/// threads, but that the value is copied in and out: what [#get] returns is a new copy each time,
/// and changing it changes nothing here.
///
/// Each replacement gives the value the next version, and it is versions that are compared, not
/// values: two copies of one value are not the same object.
///
/// Every operation is atomic and has the memory effects of a volatile access. Nobody ever reads
/// half a value, and nobody holds anything: a process that dies while it writes leaves the value as
/// it was, one that is stopped delays nobody (but fifteen that are stopped *while* they write,
/// which takes a microsecond, delay other writers).
///
/// What travels in tasks may be a value here. It may be null. Every method but `isOpen` throws
/// [SharedClosedException] when the [Shared] of this object is closed; those that read the value
/// throw [UnreadableElementException] if it cannot be read in this process, say because a class is
/// missing, and leave it as it is.
///
/// @param <T> the type of the value
public interface SharedReference<T extends @Nullable Object> extends SharedObject {

  /// A value and its version.
  ///
  /// @param value a copy of the value
  /// @param version how many values there have been, itself included: 1 is the first
  record Versioned<T extends @Nullable Object>(T value, long version) {}

  /// A copy of the current value.
  T get();

  /// A copy of the current value, and its version.
  Versioned<T> getVersioned();

  /// The version of the current value: asking costs some nanoseconds, whatever the value is.
  long version();

  /// Replaces the value.
  ///
  /// @throws dev.telar.TaskNotSerializableException if the value cannot travel
  /// @throws IllegalArgumentException if it takes more bytes than this has room for
  void set(T value);

  /// Replaces the value if its version is the expected one.
  ///
  /// @return false if it was replaced since
  /// @throws dev.telar.TaskNotSerializableException if the value cannot travel
  /// @throws IllegalArgumentException if it takes more bytes than this has room for
  boolean compareAndSet(long expectedVersion, T value);

  /// Replaces the value.
  ///
  /// @return a copy of the value before
  /// @throws dev.telar.TaskNotSerializableException if the value cannot travel
  /// @throws IllegalArgumentException if it takes more bytes than this has room for
  default T getAndSet(T value) {
    return getAndUpdate(before -> value);
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value before
  default T getAndUpdate(UnaryOperator<T> update) {
    while (true) {
      Versioned<T> before = getVersioned();
      if (compareAndSet(before.version(), update.apply(before.value()))) {
        return before.value();
      }
    }
  }

  /// Replaces the value by what a function makes of it. The function is called again if another
  /// thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default T updateAndGet(UnaryOperator<T> update) {
    while (true) {
      Versioned<T> before = getVersioned();
      T after = update.apply(before.value());
      if (compareAndSet(before.version(), after)) {
        return after;
      }
    }
  }

  /// Replaces the value by what a function makes of it and of another value. The function is called
  /// again if another thread or process was faster, so it should have no side effects.
  ///
  /// @return the value after
  default T accumulateAndGet(T other, BinaryOperator<T> accumulate) {
    return updateAndGet(before -> accumulate.apply(before, other));
  }
}
