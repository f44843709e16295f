package dev.telar;

import java.time.Duration;

/// A worker and the processes that it had started took more memory than
/// [ProcessPoolBuilder#maxMemory] allows, and were killed. All tasks that ran in the worker fail
/// with this, since nobody can tell which of them took it.
public final class MemoryLimitExceededException extends WorkerCrashedException {

  private static final long serialVersionUID = 1L;

  private final long limit;
  private final long peak;

  /// Describes how a limit was exceeded.
  ///
  /// @param message what happened, to whom
  /// @param task the name of the task, or of the item of a `map`
  /// @param attempt which attempt it was: 1 for the first
  /// @param ran how long the task had run
  /// @param death how the worker died
  /// @param limit the limit in bytes
  /// @param peak the most that was seen, in bytes
  public MemoryLimitExceededException(
      String message,
      String task,
      int attempt,
      Duration ran,
      WorkerDeath death,
      long limit,
      long peak) {
    super(message, task, attempt, ran, death);
    this.limit = limit;
    this.peak = peak;
  }

  /// The limit that was exceeded.
  ///
  /// @return bytes
  public long limit() {
    return limit;
  }

  /// The most memory that the worker and its descendants were seen to take together.
  ///
  /// @return bytes
  public long peak() {
    return peak;
  }
}
