package dev.telar.benchmarks;

import java.util.List;
import java.util.Locale;

/// A line of the table: our figure, and a peer's beside it or our own goal.
///
/// @param row the name of the row
/// @param cores where it was measured
/// @param unit of both figures
/// @param peer its name; `-` if the goal is our own figure's
/// @param ours our figure; NaN if there is none
/// @param theirs the peer's; NaN if there is none
/// @param goal as it is shown
/// @param verdict `met`, `missed`, `-` where there is no goal, or why there is no figure
/// @param oursFirst our first call, pool made; nanoseconds, NaN if that means nothing
/// @param theirsFirst the peer's
/// @param warmUp rounds that warmed up
/// @param counted of our rounds, of which our figure is the median
/// @param theirsCounted of the peer's
record Line(
    String row,
    String cores,
    Unit unit,
    String peer,
    double ours,
    double theirs,
    String goal,
    String verdict,
    double oursFirst,
    double theirsFirst,
    int warmUp,
    int counted,
    int theirsCounted) {

  static final List<String> HEAD =
      List.of(
          "row",
          "cores",
          "Telar",
          "peer",
          "ratio",
          "goal",
          "verdict",
          "first call",
          "rounds",
          "peer is");

  /// Ours to theirs, as figures of this unit are.
  ///
  /// @return NaN if there is no peer
  double ratio() {
    return ours / theirs;
  }

  boolean hasFailed() {
    return verdict.startsWith("failed");
  }

  boolean isMet() {
    return verdict.equals("met");
  }

  /// The same line of another run.
  boolean isSameAs(Line other) {
    return row.equals(other.row) && cores.equals(other.cores) && peer.equals(other.peer);
  }

  /// What is compared with other runs: the ratio, or our figure where there is no peer.
  double held() {
    return peer.equals("-") ? ours : ratio();
  }

  /// How many rounds warmed up and how many count; the peer's where it had time for fewer.
  private String rounds() {
    if (counted == 0) {
      return "-";
    }
    String ownRounds = warmUp + " + " + counted;
    return theirsCounted == 0 || theirsCounted == counted
        ? ownRounds
        : ownRounds + " / " + theirsCounted;
  }

  /// As the table shows it, under [#HEAD].
  List<String> cells() {
    String first = show(Unit.TIME, oursFirst) + " / " + show(Unit.TIME, theirsFirst);
    return List.of(
        row,
        cores,
        show(unit, ours),
        show(unit, theirs),
        Double.isNaN(ratio()) ? "-" : String.format(Locale.ROOT, "%.2f", ratio()),
        goal,
        verdict,
        Double.isNaN(oursFirst) ? "-" : first,
        rounds(),
        peer);
  }

  private static String show(Unit unit, double figure) {
    return Double.isNaN(figure) ? "-" : unit.show(figure);
  }
}
