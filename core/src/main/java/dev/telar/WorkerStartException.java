package dev.telar;

/// The workers of a process pool cannot start, or their initializer fails: the pool is of no use
/// any more. All its waiting tasks fail with this exception, and new ones are refused with it as
/// the cause. The message quotes what the child process itself said.
public class WorkerStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Describes the failure.
  ///
  /// @param message what happened, with the words of the child process
  public WorkerStartException(String message) {
    super(message);
  }

  /// Describes the failure.
  ///
  /// @param message what happened
  /// @param cause the reason, for instance what the initializer threw
  public WorkerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
