package dev.telar.internal.wire;

import java.io.IOException;

/// The other side does not speak our protocol, or not our version of it.
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
