package dev.telar;

/// Why a worker process died under its task, as [WorkerCrashedException#crashCause()] tells it.
public enum CrashCause {
  /// Native code crashed the JVM: a wild access, `abort()`, an error of HotSpot itself.
  NATIVE_CRASH,

  /// Somebody else killed the process by a signal: a user, a supervisor, the task itself.
  KILLED,

  /// The kernel killed the process because the machine, or its control group, was out of memory.
  KILLED_FOR_MEMORY,

  /// The task called `System.exit`, or a signal made the JVM shut down in good order.
  EXITED,

  /// The task called `Runtime.halt`, or the process ended by itself in another way that runs no
  /// shutdown hook.
  HALTED,

  /// Telar killed the process, because a task in it exceeded a limit, or did not end when it was
  /// cancelled. Where several tasks run in one worker, this is what its neighbours fail with.
  LIMIT_EXCEEDED,

  /// The connection broke, and nobody can say how the process ended.
  LOST
}
