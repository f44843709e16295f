package dev.telar.shared;

import java.io.IOException;

/// The program at the other end of a socket did not prove that it has the key, or is none that
/// speaks this protocol. Nothing that it sent was read as a value.
public final class AuthenticationException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception; Telar does this, programs only catch it.
  ///
  /// @param message who the peer is, what was wrong, and what to do
  public AuthenticationException(String message) {
    super(message);
  }
}
