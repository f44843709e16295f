package dev.telar.benchmarks;

import java.util.Locale;

/// What a row is to reach: a ratio of the times, ours to the peer's, and a time of ours, whichever
/// are set.
///
/// @param ratio to be reached or stayed under; infinite: there is none
/// @param nanos to be reached or stayed under; infinite: there is none
record Goal(double ratio, double nanos) {

  static Goal ratio(double ratio) {
    return new Goal(ratio, Double.POSITIVE_INFINITY);
  }

  static Goal nanos(double nanos) {
    return new Goal(Double.POSITIVE_INFINITY, nanos);
  }

  boolean isMet(Measurement figures) {
    return figures.ours() <= nanos && (Double.isInfinite(ratio) || figures.ratio() <= ratio);
  }

  /// As a table shows it.
  @Override
  public String toString() {
    String time = "<= " + Report.time(nanos);
    String share = String.format(Locale.ROOT, "<= %.2f", ratio);
    return Double.isInfinite(nanos) ? share : Double.isInfinite(ratio) ? time : share + ", " + time;
  }
}
