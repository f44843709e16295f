package dev.telar.cli;

import java.io.IOException;

/// Whoever read the output has gone (`telar … | head -1`): a reason to stop, not an error.
final class BrokenPipeException extends IOException {

  private static final long serialVersionUID = 1L;

  BrokenPipeException(IOException cause) {
    super("the reader of the output has gone", cause);
  }
}
