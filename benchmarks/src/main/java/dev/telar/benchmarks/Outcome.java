package dev.telar.benchmarks;

import java.util.ArrayList;
import java.util.List;
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

  /// The lines of the table: one for our own goal, if there is one, and one for each peer.
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Measurement.Side none = Measurement.Side.none("");
    if (measurement == null) {
      lines.add(line("-", row.goal(), none, none, (failed ? "failed: " : "skipped: ") + reason));
      return lines;
    }
    Measurement.Side ours = measurement.ours();
    if (row.goal().exists() || row.peers().isEmpty()) {
      lines.add(line("-", row.goal(), ours, none, verdict(row.goal(), ours.figure())));
    }
    for (int i = 0; i < row.peers().size(); i++) {
      Peer peer = row.peers().get(i);
      Measurement.Side theirs = measurement.peers().get(i);
      Goal goal = row.goal(peer);
      String verdict =
          theirs.reason() == null
              ? verdict(goal, ours.figure() / theirs.figure())
              : theirs.reason();
      lines.add(line(peer.name(), goal, ours, theirs, verdict));
    }
    return lines;
  }

  private static String verdict(Goal goal, double reached) {
    return !goal.exists() ? "-" : goal.isMet(reached) ? "met" : "missed";
  }

  private Line line(
      String peer, Goal goal, Measurement.Side ours, Measurement.Side theirs, String verdict) {
    return new Line(
        row.name(),
        placement.label(),
        row.unit(),
        peer,
        ours.figure(),
        theirs.figure(),
        goal.toString(),
        verdict,
        ours.first(),
        theirs.first(),
        measurement == null ? 0 : measurement.warmUp(),
        ours.counted(),
        theirs.counted());
  }

  /// The curves of all sides that have one.
  List<Drawing> drawings() {
    if (measurement == null || measurement.ours().points().isEmpty()) {
      return List.of();
    }
    List<Drawing.Line> lines = new ArrayList<>();
    lines.add(new Drawing.Line("Telar", measurement.ours().points()));
    for (int i = 0; i < row.peers().size(); i++) {
      List<Point> points = measurement.peers().get(i).points();
      if (!points.isEmpty()) {
        lines.add(new Drawing.Line(row.peers().get(i).name(), points));
      }
    }
    return List.of(new Drawing(row.name(), row.what(), lines));
  }
}
