package dev.telar;

import java.time.Duration;

/// A task ran longer than [TaskOptions#timeout(Duration)] allows.
public class TaskTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration limit;

  /// Describes a time-out.
  ///
  /// @param message which task, where
  /// @param limit the limit that it exceeded
  public TaskTimeoutException(String message, Duration limit) {
    super(message);
    this.limit = limit;
  }

  /// The limit that was exceeded.
  ///
  /// @return the limit, counted from the start of the task in its worker
  public Duration limit() {
    return limit;
  }
}
