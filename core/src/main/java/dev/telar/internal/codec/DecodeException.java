package dev.telar.internal.codec;

import java.io.IOException;

/// One value could not be read back: a class is missing or of another version, its `readObject`
/// threw, a filter refused it, or it is nested too deeply. The cause tells.
///
/// Only that value is lost: the [Input] stands behind it, and the values after it can be read.
public final class DecodeException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception with what went wrong, in words and as thrown.
  public DecodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
