package dev.telar.shared;

/// An element of a queue, or a message of a connection, was taken and cannot be read here: a class
/// is missing or of another version, its `readObject` or constructor threw, a filter refused it, or
/// it is nested too deeply. The cause tells.
///
/// That element is lost. The queue or the connection is as before, and the next one can be taken.
public final class UnreadableElementException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception; Telar does this, programs only catch it.
  ///
  /// @param message where the element came from and what is wrong
  /// @param cause what was thrown when it was read
  public UnreadableElementException(String message, Throwable cause) {
    super(message, cause);
  }
}
