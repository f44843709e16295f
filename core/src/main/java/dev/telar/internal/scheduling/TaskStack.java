package dev.telar.internal.scheduling;

import dev.telar.WorkerStats.RunningTask;
import java.util.List;

/// Where a running task is.
///
/// @param worker the name of the thread or process
/// @param task the task
/// @param frames its stack, the innermost frame first; empty if it could not be had
/// @param unseen why it could not be had; empty if it could
public record TaskStack(
    String worker, RunningTask task, List<StackTraceElement> frames, String unseen) {

  /// A stack that was seen.
  public static TaskStack of(String worker, RunningTask task, StackTraceElement[] stack) {
    return new TaskStack(worker, task, List.of(stack), "");
  }

  /// A stack that was not.
  public static TaskStack unseen(String worker, RunningTask task, String why) {
    return new TaskStack(worker, task, List.of(), why);
  }
}
