package dev.telar.cli.soak;

import dev.telar.cli.soak.Attempt.End;
import dev.telar.cli.soak.Violations.Kind;
import java.util.EnumMap;
import java.util.Map;

/// What came of all tasks so far. Thread-safe.
final class Tally {

  private final Map<End, Long> ends = new EnumMap<>(End.class);
  private long executions;
  private long crashesBySomebodyElse;
  private long unprovokedTimeouts;

  /// A task has ended.
  ///
  /// @param begun how often it was begun
  synchronized void add(End end, TaskKind kind, int begun) {
    ends.merge(end, 1L, Long::sum);
    executions += begun;
    if (end == End.CRASHED && kind != TaskKind.DIES) {
      crashesBySomebodyElse++;
    }
    if (end == End.TIMED_OUT && kind != TaskKind.HANGS) {
      unprovokedTimeouts++;
    }
  }

  /// Whether each task that lost its worker, or its time, has somebody to blame: a strike costs the
  /// one task that runs in the worker, and no other.
  synchronized void balance(long kills, long stops, Violations violations) {
    if (crashesBySomebodyElse > kills) {
      violations.add(
          Kind.WRONG,
          crashesBySomebodyElse + " tasks were lost with their workers in " + kills + " kills");
    }
    if (unprovokedTimeouts > stops) {
      violations.add(
          Kind.WRONG,
          unprovokedTimeouts + " tasks that do not hang were late, in " + stops + " stops");
    }
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
