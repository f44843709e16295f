package dev.telar.internal.codec;

import java.io.IOException;

/// The bytes of a message do not have the form they must have: it was cut short, or is none of
/// ours. Where the next value begins is unknown, so the rest of the message is lost.
public final class CorruptMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception with a message that says what was expected and what was found.
  public CorruptMessageException(String message) {
    super(message);
  }
}
