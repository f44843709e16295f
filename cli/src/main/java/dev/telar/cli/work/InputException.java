package dev.telar.cli.work;

import java.io.IOException;

/// What the user gave cannot be used. The message is one line that says what is wrong and what to
/// do.
public final class InputException extends IOException {

  private static final long serialVersionUID = 1L;

  /// Describes what is wrong.
  ///
  /// @param message one line, without a full stop
  public InputException(String message) {
    super(message);
  }

  /// Describes what could not be read.
  ///
  /// @param what the file or folder
  /// @param cause why
  public InputException(String what, IOException cause) {
    super("cannot read " + what + ": " + Reasons.of(cause), cause);
  }
}
