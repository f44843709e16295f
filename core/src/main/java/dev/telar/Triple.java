package dev.telar;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Three values that travel together: the arguments of one call in [Pool#starmap(TaskTriFunction,
/// Iterable)].
///
/// @param <A> the type of the first value
/// @param <B> the type of the second value
/// @param <C> the type of the third value
/// @param first the first value
/// @param second the second value
/// @param third the third value
public record Triple<
        A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
    A first, B second, C third) implements Serializable {

  /// Makes a triple.
  ///
  /// @param <A> the type of the first value
  /// @param <B> the type of the second value
  /// @param <C> the type of the third value
  /// @param first the first value
  /// @param second the second value
  /// @param third the third value
  /// @return all three
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      Triple<A, B, C> of(A first, B second, C third) {
    return new Triple<>(first, second, third);
  }
}
