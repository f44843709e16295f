package dev.telar.internal.codec;

import org.jspecify.annotations.Nullable;

/// Memory beside the message, which the reader maps too: a large value that is put there is copied
/// twice instead of five times, and needs no room in the message. Thread-safe.
@FunctionalInterface
public interface BulkSink {

  /// A sink without memory: everything goes into the message.
  BulkSink NONE = bytes -> null;

  /// Values of fewer bytes are in the message sooner than beside it.
  long LEAST_BYTES = 256 << 10;

  /// Lends memory for one value.
  ///
  /// @return null if there is none to be had: then the value goes into the message
  @Nullable BulkLoan borrow(long bytes);
}
