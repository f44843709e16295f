package dev.telar;

/// Why a worker process died under its task, as [WorkerCrashedException#crashCause()] tells it.
public enum CrashCause {
  /// Native code crashed the JVM: a wild access, `abort()`, an error of HotSpot itself. The signal
  /// is known, and the problematic frame if the JVM could still write its report.
  NATIVE_CRASH,

  /// Somebody else killed the process by a signal: a user, a supervisor, the task itself.
  KILLED,

  /// The kernel killed the process because the machine, or its control group, was out of memory.
  /// Known only where the kernel's counters can be read (Linux); else such a death is told as
  /// [#KILLED].
  KILLED_FOR_MEMORY,

  /// The task called `System.exit`.
  EXITED,

  /// The task called `Runtime.halt`, or the process ended by itself in another way that runs no
  /// shutdown hook.
  HALTED,

  /// The worker had no heap, metaspace, direct memory or threads left: an [OutOfMemoryError] was
  /// thrown in it. It was replaced, because nobody knows what such an error leaves behind.
  OUT_OF_MEMORY,

  /// Telar killed the process, because a task in it exceeded a limit, or did not end when it was
  /// cancelled. Where several tasks run in one worker, this is what its neighbours fail with.
  LIMIT_EXCEEDED,

  /// The worker closed its connection, or became unreachable, without having ended.
  LOST
}
