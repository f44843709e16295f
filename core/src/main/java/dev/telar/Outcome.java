package dev.telar;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What became of one item: a value or a failure. Made by the view [Pool#outcomes()], which
/// collects failures instead of stopping at the first.
///
/// ```java
/// for (Outcome<Text> outcome : pool.outcomes().map(Parser::parse, files)) {
///   switch (outcome) {
///     case Outcome.Value(var text) -> index.add(text);
///     case Outcome.Failure(var cause) -> log.warn("skipped", cause);
///   }
/// }
/// ```
///
/// @param <R> the type of the value
public sealed interface Outcome<R extends @Nullable Object> {

  /// The function returned.
  ///
  /// @param <R> the type of the value
  /// @param value what it returned
  record Value<R extends @Nullable Object>(R value) implements Outcome<R> {}

  /// There is no value.
  ///
  /// @param <R> the type that a value would have had
  /// @param cause what the function threw, or why there is no result: [WorkerCrashedException],
  ///   [TaskTimeoutException], [TaskNotSerializableException]…
  record Failure<R extends @Nullable Object>(Throwable cause) implements Outcome<R> {}

  /// Whether there is a value.
  ///
  /// @return false for a failure
  default boolean isValue() {
    return this instanceof Value<R>;
  }

  /// The value.
  ///
  /// @return the value
  /// @throws CompletionException around the cause, if this is a failure
  default R orElseThrow() {
    return switch (this) {
      case Value<R>(R value) -> value;
      case Failure<R>(Throwable cause) -> throw new CompletionException(cause);
    };
  }

  /// The value, or something in its place.
  ///
  /// @param other what to return if this is a failure
  /// @return the value or `other`
  default R orElse(R other) {
    return switch (this) {
      case Value<R>(R value) -> value;
      case Failure<R> _ -> other;
    };
  }
}
