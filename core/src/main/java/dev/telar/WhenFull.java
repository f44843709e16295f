package dev.telar;

/// What `submit` and `execute` do when a pool has as many unfinished tasks as it may; see
/// [PendingLimit].
public enum WhenFull {
  /// Wait until a task has ended. If the waiting thread is interrupted, or the pool is shut down
  /// meanwhile, the task is refused with [java.util.concurrent.RejectedExecutionException]; an
  /// interrupt is the cause of that, and the interrupt status is set again.
  BLOCK,

  /// Refuse the task with [java.util.concurrent.RejectedExecutionException].
  REJECT,

  /// Run the task in the calling thread, before `submit` returns. In a pool of processes such a
  /// task runs in *this* JVM, on the caller's own objects: nothing contains it, and no limit of
  /// time or memory holds for it; a task with a state ([Pool#withState(Task)]) waits instead. What
  /// a process pool is there to contain, let it [block][#BLOCK] instead.
  CALLER_RUNS
}
