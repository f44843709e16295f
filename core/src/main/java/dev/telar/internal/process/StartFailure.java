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

  static StartFailure of(String worker, IOException cause) {
    return new StartFailure(
        new WorkerStartException(worker + " cannot be started: " + cause.getMessage(), cause),
        false);
  }

  WorkerStartException error() {
    return error;
  }

  boolean isFinal() {
    return isFinal;
  }
}
