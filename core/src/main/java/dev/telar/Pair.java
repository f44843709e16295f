package dev.telar;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Two values that travel together: the arguments of one call in [Pool#starmap(TaskBiFunction,
/// Iterable)].
///
/// @param <A> the type of the first value
/// @param <B> the type of the second value
/// @param first the first value
/// @param second the second value
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second)
    implements Serializable {

  /// Makes a pair.
  ///
  /// @param <A> the type of the first value
  /// @param <B> the type of the second value
  /// @param first the first value
  /// @param second the second value
  /// @return both
  public static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> of(
      A first, B second) {
    return new Pair<>(first, second);
  }
}
