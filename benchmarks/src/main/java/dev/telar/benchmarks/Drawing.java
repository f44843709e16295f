package dev.telar.benchmarks;

import java.util.List;

/// The curves of a row, ours and the peers'.
///
/// @param row the name of the row
/// @param what it measures
/// @param lines the curves
record Drawing(String row, String what, List<Line> lines) {

  /// One curve.
  ///
  /// @param name whose it is
  /// @param points the smallest size first
  record Line(String name, List<Point> points) {}
}
