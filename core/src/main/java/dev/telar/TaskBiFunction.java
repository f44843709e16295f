package dev.telar;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of two arguments that may run in another JVM. It is sent to each worker once;
/// afterwards only arguments and results travel.
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param <R> the type of the result
@FunctionalInterface
public interface TaskBiFunction<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {

  /// Computes the result for the given arguments.
  ///
  /// @param first the first argument
  /// @param second the second argument
  /// @return the result
  /// @throws Exception if there is none; whoever asked for the result gets it as the cause
  R apply(A first, B second) throws Exception;
}
