package dev.telar;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task ran longer than [TaskOptions#timeout(Duration)] allows, or reported no progress for
/// longer than [TaskOptions#progressTimeout(Duration)].
///
/// Its stack trace is *that of the task* as it stood at the limit, in the worker: where it hung. If
/// it could not be had, the stack trace is empty and [#noStackReason()] says why.
public final class TaskTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration limit;
  private final @Nullable String noStackReason;

  /// Describes a time-out.
  ///
  /// @param message which task, where
  /// @param limit the limit that it exceeded
  /// @param stack where the task was at that moment; empty if that is not known
  /// @param noStackReason why it is not known, or null if it is
  public TaskTimeoutException(
      String message, Duration limit, StackTraceElement[] stack, @Nullable String noStackReason) {
    super(noStackReason == null ? message : message + "; its stack is not known: " + noStackReason);
    this.limit = limit;
    this.noStackReason = noStackReason;
    setStackTrace(stack);
  }

  /// The limit that was exceeded.
  ///
  /// @return the limit, counted from the start of the task in its worker, or from its last progress
  public Duration limit() {
    return limit;
  }

  /// Why there is no stack trace: the worker was stopped or did not answer in time, or its thread
  /// was where the JVM cannot look into it. Stopping a task never waits for its stack trace.
  ///
  /// @return the reason, or empty if [#getStackTrace()] is that of the task
  public Optional<String> noStackReason() {
    return Optional.ofNullable(noStackReason);
  }

  /// Leaves the stack trace alone: that of this process says nothing about the task.
  ///
  /// @return this
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
