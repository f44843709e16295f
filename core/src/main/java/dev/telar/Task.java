package dev.telar;

import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A computation with a result that may run in another JVM: a [Callable] that is [Serializable].
///
/// Because the type itself is serializable, a plain lambda or method reference passed to
/// [Pool#submit(Task)] travels to a worker process without a cast. What the lambda captures travels
/// with it, as a copy: changes that a process makes to it are not seen by the caller.
///
/// @param <T> the type of the result
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T>, Serializable {

  /// Types a lambda as a task, for APIs that know only [Callable], such as
  /// [java.util.concurrent.ExecutorCompletionService] or
  /// [java.util.concurrent.ExecutorService#invokeAll(java.util.Collection)].
  ///
  /// @param <T> the type of the result
  /// @param task the computation
  /// @return `task` itself
  static <T extends @Nullable Object> Task<T> of(Task<T> task) {
    return Objects.requireNonNull(task, "task");
  }
}
