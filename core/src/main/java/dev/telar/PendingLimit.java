package dev.telar;

import java.util.Objects;

/// How many tasks may have been submitted to a pool and not have ended, and what happens to those
/// that are too many: what keeps a producer of millions of tasks from filling the memory.
///
/// All tasks count that were submitted one by one (`submit`, `execute`, `invokeAll`, `invokeAny`),
/// waiting and running, of all views of the pool together. `map`, streams and gatherers do not
/// count: they bound by themselves how far they run ahead.
///
/// A task of a thread pool that submits to its own pool is never made to wait, even if that exceeds
/// the limit: it would wait for itself.
///
/// @param tasks the number of unfinished tasks, 1 or more
/// @param whenFull what happens to a task that is too many
public record PendingLimit(int tasks, WhenFull whenFull) {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if `tasks` is not positive
  public PendingLimit {
    if (tasks < 1) {
      throw new IllegalArgumentException("maxPending must be 1 or more, not " + tasks);
    }
    Objects.requireNonNull(whenFull, "whenFull");
  }
}
