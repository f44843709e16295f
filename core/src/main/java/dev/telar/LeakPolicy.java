package dev.telar;

/// What a worker process does about what a task leaves behind in its JVM, where the tasks after it
/// would find it:
///
/// - the default locale or time zone changed;
/// - a system property changed or removed, or all of them replaced (properties that are *added* do
///   not count: libraries do that when their classes are initialized);
/// - `System.out`, `System.err` or `System.in` replaced;
/// - a platform thread that the task started and that still runs (threads of the JDK's own, such as
///   those of the common pool, do not count; virtual threads cannot be seen, and are not). Nothing
///   can end a thread from outside; it can only be told of, or got rid of together with the worker.
///
/// What the pool's initializer or that of a state ([StatefulPool]) does is not left behind but
/// meant. With several tasks at once in a worker ([ProcessPoolBuilder#threadsPerWorker(int)]) it is
/// looked after when the last of them has ended, and may have been left by any of them.
///
/// The interrupt status, the context class loader and the priority of the thread that runs tasks
/// are put back in any case, on threads as well as in processes. What a task does to its *process*
/// behind Java's back (its `nice` value, its resource limits, a signal handler) stays until the
/// worker is replaced.
///
/// Looking costs less than a microsecond a task, or a chunk of a `map`; for threads, which are
/// looked for once a millisecond, or after each task with [#RECYCLE], some microseconds.
public enum LeakPolicy {
  /// Nothing is looked at.
  IGNORE,

  /// What can be put back is put back. The default.
  RESTORE,

  /// As [#RESTORE], and a warning is logged that names the task and what it has left: the first
  /// time for each kind of thing in a pool, later ones at level DEBUG.
  WARN,

  /// As [#WARN], and the worker is replaced: no task runs in it after the one that left something.
  RECYCLE
}
