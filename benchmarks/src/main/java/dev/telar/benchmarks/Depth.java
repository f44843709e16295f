package dev.telar.benchmarks;

import java.time.Duration;

/// How thoroughly a run measures.
enum Depth {
  /// For the record.
  FULL(Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(1)),
  /// A few rows for CI: warm, but no longer than that takes.
  GUARD(25, Duration.ofMillis(1600), Duration.ofMillis(500)),
  /// All rows in under two minutes.
  QUICK(15, Duration.ofMillis(500), Duration.ofMillis(200));

  private final int mostRounds;
  private final Duration ours;
  private final Duration peer;

  Depth(int mostRounds, Duration ours, Duration peer) {
    this.mostRounds = mostRounds;
    this.ours = ours;
    this.peer = peer;
  }

  /// What is done of a row.
  Plan plan(Effort effort) {
    return new Plan(
        this == FULL ? effort.items() : effort.quickItems(),
        effort.warmUp(),
        Math.min(effort.counted(), mostRounds),
        ours,
        peer);
  }

  /// What one run does of a row. A side that has used up half of its time warms up no more, one
  /// that has used up the other half does no more rounds: a slow peer does not keep ours from
  /// getting warm.
  ///
  /// @param items operations in a round
  /// @param warmUp at most so many rounds warm up
  /// @param counted at most so many rounds count, at least one
  /// @param ours how long our rounds may take together
  /// @param peer how long those of each peer may take together
  record Plan(int items, int warmUp, int counted, Duration ours, Duration peer) {}
}
