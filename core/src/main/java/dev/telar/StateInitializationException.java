package dev.telar;

/// The initializer of a [StatefulPool] threw in a worker. The task that needed the state did not
/// run; the worker lives on, and the next task tries again.
public class StateInitializationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Describes the failure.
  ///
  /// @param message in which thread, and what was thrown
  /// @param cause what the initializer threw
  public StateInitializationException(String message, Throwable cause) {
    super(message, cause);
  }
}
