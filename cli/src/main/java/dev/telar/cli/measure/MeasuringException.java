package dev.telar.cli.measure;

/// A measuring JVM failed. The message is one line.
public final class MeasuringException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  MeasuringException(String message) {
    this(message, 1);
  }

  MeasuringException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /// The exit code that this command should end with.
  ///
  /// @return 130 if it was ended by Ctrl-C, else 1
  public int exitCode() {
    return exitCode;
  }
}
