package dev.telar.internal.scheduling;

import dev.telar.Outcome;
import org.jspecify.annotations.Nullable;

/// The results of a chunk whose failures are collected: one outcome for each item, those included
/// that the worker has not come to.
final class OutcomeResult implements ChunkResult {

  private final ChunkResult inner;
  private final int size;
  private int left;

  /// Over what the worker made of the items that it came to, each an [Outcome].
  ///
  /// @param size the number of items
  OutcomeResult(ChunkResult inner, int size) {
    this.inner = inner;
    this.size = size;
    this.left = inner.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Object next() {
    if (left > 0) {
      left--;
      try {
        return outcome(inner.next());
      } catch (Exception e) {
        return new Outcome.Failure<>(e);
      }
    }
    Throwable failure = inner.failure();
    return new Outcome.Failure<>(
        failure != null ? failure : new IllegalStateException("the item was not run"));
  }

  private static Object outcome(@Nullable Object value) {
    return value instanceof Outcome<?> outcome ? outcome : new Outcome.Value<>(value);
  }

  @Override
  public @Nullable Throwable failure() {
    return null;
  }
}
