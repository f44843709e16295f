package dev.telar.shared;

/// A shared object was used after its end: its [Shared] was closed, or the process that opened that
/// has ended. The message names the object, and where in the program its [Shared] was opened.
///
/// Thrown by every operation on such an object, also to threads that were already waiting in one.
public final class SharedClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /// With a message for whoever uses the object.
  public SharedClosedException(String message) {
    super(message);
  }
}
