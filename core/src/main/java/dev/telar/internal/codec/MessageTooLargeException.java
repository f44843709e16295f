package dev.telar.internal.codec;

import java.util.concurrent.RejectedExecutionException;

/// A message would be longer than an [Output] can hold. It is thrown before memory is allocated.
public final class MessageTooLargeException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception for a message that would need at least `size` bytes.
  public MessageTooLargeException(long size, int limit) {
    super(
        "A message of at least %,d bytes is longer than the %,d bytes (2 GiB) that one may have."
                .formatted(size, limit)
            + " Split the work into smaller tasks, or pass the name of a file instead of its"
            + " content.");
  }
}
