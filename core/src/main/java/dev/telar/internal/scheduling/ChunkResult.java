package dev.telar.internal.scheduling;

import org.jspecify.annotations.Nullable;

/// What a chunk came to: the results of its items up to the first that failed. Results are read by
/// the consumer, in its thread, because reading may run user code.
public interface ChunkResult {

  /// How many results there are.
  int size();

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
