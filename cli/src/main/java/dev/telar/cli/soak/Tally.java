package dev.telar.cli.soak;

import dev.telar.cli.soak.Attempt.End;
import java.util.EnumMap;
import java.util.Map;

/// What came of all tasks so far. Thread-safe.
final class Tally {

  private final Map<End, Long> ends = new EnumMap<>(End.class);
  private long executions;

  /// A task has ended.
  ///
  /// @param begun how often it was begun
  synchronized void add(End end, int begun) {
    ends.merge(end, 1L, Long::sum);
    executions += begun;
  }

  synchronized long count(End end) {
    return ends.getOrDefault(end, 0L);
  }

  synchronized long tasks() {
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  synchronized long executions() {
    return executions;
  }
}
