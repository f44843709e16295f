package dev.telar.internal.scheduling;

import dev.telar.Outcome;
import org.jspecify.annotations.Nullable;

/// What a chunk came to: the results of its items up to the first that failed. Results are read by
/// the consumer, in its thread, because reading may run user code.
public interface ChunkResult {

  /// How many results there are.
  int size();

  /// How many of the results are failures, where failures are collected.
  default int failures() {
    return 0;
  }

  /// The next result.
  ///
  /// @throws Exception if it cannot be read
  @Nullable Object next() throws Exception;

  /// Why the item after the last result has none, or null if the chunk was completed.
  @Nullable Throwable failure();

  /// Results that are at hand.
  static ChunkResult of(@Nullable Object[] values, int size, @Nullable Throwable failure) {
    return new ChunkResult() {
      private int position;

      @Override
      public int size() {
        return size;
      }

      @Override
      public int failures() {
        int failures = 0;
        for (int i = 0; i < size; i++) {
          failures += values[i] instanceof Outcome.Failure<?> ? 1 : 0;
        }
        return failures;
      }

      @Override
      public @Nullable Object next() {
        return values[position++];
      }

      @Override
      public @Nullable Throwable failure() {
        return failure;
      }
    };
  }
}
