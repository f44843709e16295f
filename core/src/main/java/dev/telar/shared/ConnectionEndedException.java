package dev.telar.shared;

import java.io.IOException;

/// A [Connection] has ended: one side closed it, or the other side died. The message says which, as
/// far as it can be told.
public final class ConnectionEndedException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception; Telar does this, programs only catch it.
  ///
  /// @param message who ended it
  public ConnectionEndedException(String message) {
    super(message);
  }
}
