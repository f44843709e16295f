package dev.telar.benchmarks;

import java.io.IOException;
import java.util.List;

/// One side of a comparison: does the same work as the other side and says how long it took.
interface Contender extends AutoCloseable {

  /// Makes the pool or executor and does one operation: what a cold program waits for.
  ///
  /// @return how long both took, in nanoseconds
  /// @throws Exception if the work fails; the row is then reported as failed
  double first() throws Exception;

  /// Does the work of one round.
  ///
  /// @return how long one operation took on average, in nanoseconds
  /// @throws Exception if the work fails; the row is then reported as failed
  double round() throws Exception;

  /// The figure of all counted rounds: their median, where nothing else is asked for.
  ///
  /// @param rounds what each counted call of [#round()] returned
  /// @return nanoseconds
  default double figure(List<Double> rounds) {
    return Measurement.median(rounds);
  }

  /// Ends what [#first()] made.
  @Override
  void close() throws IOException;
}
