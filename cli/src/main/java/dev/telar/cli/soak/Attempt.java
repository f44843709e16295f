package dev.telar.cli.soak;

import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One task of a round, and what came of it.
final class Attempt {

  /// How a task may end.
  enum End {
    RESULT,
    OWN_ERROR,
    CRASHED,
    TIMED_OUT,
    WRONG
  }

  private final int task;
  private final TaskKind kind;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Object value;
  private volatile @Nullable Throwable error;

  Attempt(int task, TaskKind kind) {
    this.task = task;
    this.kind = kind;
  }

  int task() {
    return task;
  }

  TaskKind kind() {
    return kind;
  }

  /// The future has been completed.
  void ended(@Nullable Object value, @Nullable Throwable error) {
    this.value = value;
    this.error = error instanceof CompletionException e ? e.getCause() : error;
    ended.countDown();
  }

  /// Waits for the end.
  ///
  /// @return false if it does not come in time
  boolean await(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /// How it has ended.
  End end() {
    return switch (error) {
      case null -> kind.isRight(task, value) ? End.RESULT : End.WRONG;
      case Throwable e when kind.isRightError(task, e) -> End.OWN_ERROR;
      case TaskTimeoutException e -> End.TIMED_OUT;
      case WorkerCrashedException e ->
          e.attempt() == kind.mostExecutions() ? End.CRASHED : End.WRONG;
      default -> End.WRONG;
    };
  }

  @Override
  public String toString() {
    Object outcome = error != null ? error : value;
    return "task " + task + ", which " + kind + ", ended with " + outcome;
  }
}
