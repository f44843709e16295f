package dev.telar.benchmarks;

/// How much of a row is done.
///
/// @param items how many operations are in a round, where that can be chosen
/// @param quickItems the same in runs that are not full
/// @param warmUp how many rounds only warm up
/// @param counted of how many rounds the median is taken
record Effort(int items, int quickItems, int warmUp, int counted) {

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
}
