package dev.telar.internal.scheduling;

import org.jspecify.annotations.Nullable;

/// Where jobs come from: the queue of single tasks, or one `map` or stream. Slots are served by all
/// sources in turn, so that several maps at once make progress together.
abstract class Source {

  /// Whether the scheduler has this source in its ring. Written under the scheduler's lock only.
  volatile boolean inRing;

  /// Takes the next job. Called under the scheduler's lock: short, and no user code.
  ///
  /// @param slotIsIdle whether the slot has nothing to do; a busy one is not sent less than a full
  ///   chunk ahead
  abstract @Nullable Job poll(boolean slotIsIdle);

  /// Whether [#poll(boolean)] would return a job to an idle slot.
  abstract boolean hasWork();

  /// How many jobs [#poll(boolean)] would return at most.
  abstract int size();
}
