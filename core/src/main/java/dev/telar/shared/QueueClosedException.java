package dev.telar.shared;

/// A [SharedQueue] was closed: nothing can be put, and whoever takes has taken all that was left.
public final class QueueClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception; Telar does this, programs only catch it.
  ///
  /// @param message which queue
  public QueueClosedException(String message) {
    super(message);
  }
}
