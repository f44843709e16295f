package dev.telar;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A computation that is given the state of the worker it runs in; see [StatefulPool].
///
/// @param <S> the type of the state
/// @param <T> the type of the result
@FunctionalInterface
public interface StatefulTask<S extends @Nullable Object, T extends @Nullable Object>
    extends Serializable {

  /// Computes the result. No other task uses the state meanwhile.
  ///
  /// @param state what the initializer made in this worker
  /// @return the result
  /// @throws Exception if there is none; whoever asked for the result gets it as the cause
  T call(S state) throws Exception;
}
