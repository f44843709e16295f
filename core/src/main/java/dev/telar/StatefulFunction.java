package dev.telar;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of one argument that is also given the state of the worker it runs in; see
/// [StatefulPool]. It is sent to each worker once; afterwards only arguments and results travel,
/// and the state never does.
///
/// @param <S> the type of the state
/// @param <A> the type of the argument
/// @param <R> the type of the result
@FunctionalInterface
public interface StatefulFunction<
        S extends @Nullable Object, A extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {

  /// Computes the result for the given argument. No other task uses the state meanwhile.
  ///
  /// @param state what the initializer made in this worker
  /// @param argument the argument
  /// @return the result
  /// @throws Exception if there is none; whoever asked for the result gets it as the cause
  R apply(S state, A argument) throws Exception;
}
