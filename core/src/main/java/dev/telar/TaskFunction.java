package dev.telar;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of one argument that may run in another JVM. It is sent to each worker once;
/// afterwards only arguments and results travel.
///
/// @param <A> the type of the argument
/// @param <R> the type of the result
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {

  /// Computes the result for the given arguments.
  ///
  /// @param argument the argument
  /// @return the result
  /// @throws Exception if there is none; whoever asked for the result gets it as the cause
  R apply(A argument) throws Exception;
}
