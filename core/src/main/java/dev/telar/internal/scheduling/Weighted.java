package dev.telar.internal.scheduling;

/// A packed item that takes room in a message, so that chunks of large items stay small.
public interface Weighted {

  /// The number of bytes, about.
  long weight();
}
