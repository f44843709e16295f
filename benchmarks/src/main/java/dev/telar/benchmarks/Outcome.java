package dev.telar.benchmarks;

import org.jspecify.annotations.Nullable;

/// What became of one row at one placement: a measurement, or the reason why there is none.
///
/// @param row the row
/// @param placement where it was measured
/// @param measurement the figures, or null
/// @param reason why there are none, or null
/// @param failed whether the reason is a failure, not something that this machine lacks
record Outcome(
    Row row,
    Placement placement,
    @Nullable Measurement measurement,
    @Nullable String reason,
    boolean failed) {

  static Outcome measured(Row row, Placement placement, Measurement measurement) {
    return new Outcome(row, placement, measurement, null, false);
  }

  static Outcome skipped(Row row, Placement placement, String reason) {
    return new Outcome(row, placement, null, reason, false);
  }

  static Outcome failed(Row row, Placement placement, String reason) {
    return new Outcome(row, placement, null, reason, true);
  }

  /// The last column of the table.
  ///
  /// @return `met`, `missed`, or why there is no verdict
  String verdict() {
    if (measurement == null) {
      return (failed ? "failed: " : "skipped: ") + reason;
    }
    return row.goal().isMet(measurement) ? "met" : "missed";
  }
}
