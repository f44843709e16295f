package dev.telar.benchmarks;

import java.time.Duration;

/// How much of a row is done.
///
/// @param items how many operations are in a round, where that can be chosen
/// @param quickItems the same with `--quick`
/// @param warmUp how many rounds only warm up
/// @param counted of how many rounds the median is taken
record Effort(int items, int quickItems, int warmUp, int counted) {

  /// What `--quick` gives to our rounds and to those of each peer; at least one is always run.
  private static final Duration QUICK_OURS = Duration.ofMillis(800);

  private static final Duration QUICK_PEER = Duration.ofMillis(300);
  private static final Duration NO_LIMIT = Duration.ofDays(1);
  private static final int QUICK_ROUNDS = 15;

  /// The rounds of most rows.
  ///
  /// @param items how many operations are in a round
  /// @return 20 to warm up, 50 that count
  static Effort of(int items) {
    return new Effort(items, items, 20, 50);
  }

  /// With fewer operations in the rounds of `--quick`.
  Effort quick(int fewer) {
    return new Effort(items, fewer, warmUp, counted);
  }

  /// With fewer rounds: for rows that take long.
  Effort rounds(int warm, int count) {
    return new Effort(items, quickItems, warm, count);
  }

  /// What a run does of it.
  ///
  /// @param quick whether it is to be a quick one
  /// @return the plan
  Plan plan(boolean quick) {
    return quick
        ? new Plan(
            quickItems,
            Math.min(warmUp, 20),
            Math.min(counted, QUICK_ROUNDS),
            QUICK_OURS,
            QUICK_PEER)
        : new Plan(items, warmUp, counted, NO_LIMIT, NO_LIMIT);
  }

  /// What one run does. A side that has used up half of its time warms up no more, one that has
  /// used up the other half does no more rounds: a slow peer does not keep ours from getting warm.
  ///
  /// @param items operations in a round
  /// @param warmUp at most so many rounds warm up
  /// @param counted at most so many rounds count, at least one
  /// @param ours how long our rounds may take together
  /// @param peer how long those of each peer may take together
  record Plan(int items, int warmUp, int counted, Duration ours, Duration peer) {}
}
