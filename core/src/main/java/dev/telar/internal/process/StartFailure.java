package dev.telar.internal.process;

import dev.telar.WorkerStartException;
import java.io.IOException;

/// A worker did not come up.
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final WorkerStartException error;
  private final boolean isFinal;

  /// Describes a failure.
  ///
  /// @param error what the pool's users are told
  /// @param isFinal whether another worker would fail as well
  StartFailure(WorkerStartException error, boolean isFinal) {
    super(error);
    this.error = error;
    this.isFinal = isFinal;
  }

  /// What an unexpected error comes to; want of descriptors, threads or memory may pass.
  static StartFailure of(String worker, Throwable cause) {
    return new StartFailure(
        new WorkerStartException(worker + " cannot be started: " + cause, cause),
        !(cause instanceof IOException || cause instanceof OutOfMemoryError));
  }

  WorkerStartException error() {
    return error;
  }

  boolean isFinal() {
    return isFinal;
  }
}
