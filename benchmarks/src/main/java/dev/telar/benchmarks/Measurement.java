package dev.telar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What a row measured, in nanoseconds.
///
/// @param ours the median time of one operation, ours
/// @param peer the median time of one operation, the peer's; NaN if there is no peer
/// @param oursFirst pool made and first operation done, ours
/// @param peerFirst pool made and first operation done, the peer's; NaN if there is no peer
record Measurement(double ours, double peer, double oursFirst, double peerFirst) {

  /// How many rounds are run and not counted, and how many are.
  ///
  /// @param warmUp rounds that only warm up
  /// @param counted rounds of which the median is taken
  record Rounds(int warmUp, int counted) {
    static final Rounds FULL = new Rounds(20, 50);
    static final Rounds QUICK = new Rounds(20, 15);
  }

  /// Runs both sides of a row, round by round in turn, so that whatever else the machine does falls
  /// on both.
  ///
  /// @param row the row
  /// @param rounds how many rounds
  /// @return the medians
  /// @throws Exception if one side fails
  static Measurement take(Row row, Rounds rounds) throws Exception {
    Supplier<Contender> theirs = row.theirs();
    try (Contender ours = row.ours().get();
        Contender peer = theirs == null ? new NoContender() : theirs.get()) {
      double oursFirst = ours.first();
      double peerFirst = peer.first();
      for (int i = 0; i < rounds.warmUp(); i++) {
        ours.round();
        peer.round();
      }
      List<Double> oursTimes = new ArrayList<>();
      List<Double> peerTimes = new ArrayList<>();
      for (int i = 0; i < rounds.counted(); i++) {
        oursTimes.add(ours.round());
        peerTimes.add(peer.round());
      }
      return new Measurement(ours.figure(oursTimes), peer.figure(peerTimes), oursFirst, peerFirst);
    }
  }

  boolean hasPeer() {
    return !Double.isNaN(peer);
  }

  /// The peer of a row that has none.
  private static final class NoContender implements Contender {
    @Override
    public double first() {
      return Double.NaN;
    }

    @Override
    public double round() {
      return Double.NaN;
    }

    @Override
    public void close() {}
  }

  /// The ratio of the times.
  ///
  /// @return under 1 where we are faster
  double ratio() {
    return ours / peer;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// Writes this for [#parse(String)].
  ///
  /// @return one line
  String format() {
    return ours + " " + peer + " " + oursFirst + " " + peerFirst;
  }

  /// Reads what [#format()] wrote.
  ///
  /// @param line the line
  /// @return the measurement
  static Measurement parse(String line) {
    String[] parts = line.strip().split(" ");
    return new Measurement(
        Double.parseDouble(parts[0]),
        Double.parseDouble(parts[1]),
        Double.parseDouble(parts[2]),
        Double.parseDouble(parts[3]));
  }
}
