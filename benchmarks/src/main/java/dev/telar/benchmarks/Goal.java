package dev.telar.benchmarks;

import java.util.Locale;

/// What a line of the table is to reach, in the terms of its unit: at least so much of a rate, at
/// most so much of a time.
///
/// @param unit of the row
/// @param value the figure, or the ratio of ours to the peer's; NaN: there is no goal
/// @param isRatio whether it is the ratio
record Goal(Unit unit, double value, boolean isRatio) {

  boolean exists() {
    return !Double.isNaN(value);
  }

  boolean isMet(double reached) {
    return unit.meets(reached, value);
  }

  /// As a table shows it.
  @Override
  public String toString() {
    if (!exists()) {
      return "-";
    }
    return unit.goal(isRatio ? String.format(Locale.ROOT, "%.2f", value) : unit.show(value));
  }
}
