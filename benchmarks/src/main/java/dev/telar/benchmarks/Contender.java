package dev.telar.benchmarks;

import java.time.Duration;
import java.util.List;

/// One side of a comparison: does the same work as the other side and says what it cost.
interface Contender extends AutoCloseable {

  /// Says how long all rounds may take together, for a contender that is done in one.
  ///
  /// @param all the limit
  default void limit(Duration all) {}

  /// Makes the pool or executor and does one operation: what a cold program waits for.
  ///
  /// @return how long both took, in nanoseconds; NaN if that means nothing here
  /// @throws Exception if the work fails
  double first() throws Exception;

  /// Does the work of one round.
  ///
  /// @return how long one operation took on average, in nanoseconds; or bytes, or a factor, where
  ///   the unit of the row is such
  /// @throws Exception if the work fails
  double round() throws Exception;

  /// What all counted rounds come to: their median, where nothing else is asked for.
  ///
  /// @param rounds what each counted call of [#round()] returned
  /// @return in the terms of [#round()]
  default double sum(List<Double> rounds) {
    return Median.of(rounds);
  }

  /// The points of a curve, for a row that has one.
  ///
  /// @return sizes and what they cost, the smallest size first
  default List<Point> points() {
    return List.of();
  }

  /// Ends what [#first()] made.
  @Override
  void close() throws Exception;
}
