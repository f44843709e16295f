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

  /// The exit code of the JVM.
  ///
  /// @return 1 if it failed in words, else what it ended with; 130 after Ctrl-C
  public int exitCode() {
    return exitCode;
  }
}
