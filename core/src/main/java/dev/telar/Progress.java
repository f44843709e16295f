package dev.telar;

import dev.telar.internal.Engines;

/// Lets a task tell how far it is.
///
/// ```java
/// for (int page = 1; page <= pages; page++) {
///   render(page);
///   Progress.report(page, pages);
/// }
/// ```
///
/// Whoever holds the task's future reads it with [TaskFuture#progress()]. It also keeps a task
/// alive that has a limit on the time without progress, [TaskOptions#progressTimeout]: each report
/// starts that time anew, whatever its numbers say.
///
/// A report costs some tens of nanoseconds, on processes as well as on threads (two words in memory
/// that both processes share): report as often as you like. Nothing is queued, only the last report
/// is kept.
public final class Progress {

  private Progress() {}

  /// Reports how much of the current task is done. Outside a task it does nothing, so that the same
  /// code can be run without a pool.
  ///
  /// It counts for the task that the calling thread runs. From a thread that the task has started
  /// it counts too in a worker process that runs one task at a time (the default), and is lost
  /// elsewhere. Never blocks, never throws.
  ///
  /// @param done how much is done, in units of your own
  /// @param total how much there is to do in the same units; 0 if that is not known
  public static void report(long done, long total) {
    Engines.report(done, total);
  }
}
