package dev.telar;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A task wanted more memory than its worker has: an [OutOfMemoryError] was thrown in it, because
/// of the heap ([ProcessPoolBuilder#maxHeap]), the metaspace, direct buffers, or the number of
/// threads.
///
/// The error itself is the [cause][#getCause()], if it could be brought home, with the stack trace
/// of the worker. The worker is replaced by a fresh one, because nobody knows what such an error
/// leaves behind in a JVM; tasks beside this one in the same worker have the pool's grace period to
/// end, and are lost then ([CrashCause#OUT_OF_MEMORY]).
///
/// It is not retried: a task that needs more than there is will need it again.
public final class TaskOutOfMemoryException extends WorkerCrashedException {

  private static final long serialVersionUID = 1L;

  /// Describes a want of memory.
  ///
  /// @param message what happened, to whom
  /// @param task the name of the task, or of the item of a `map`
  /// @param attempt which attempt it was: 1 for the first
  /// @param ran how long the task had run
  /// @param death the worker and how it ended
  /// @param error the error, or null if only its effect is known
  public TaskOutOfMemoryException(
      String message,
      String task,
      int attempt,
      Duration ran,
      WorkerDeath death,
      @Nullable Throwable error) {
    super(message, task, attempt, ran, death);
    if (error != null) {
      initCause(error);
    }
  }
}
