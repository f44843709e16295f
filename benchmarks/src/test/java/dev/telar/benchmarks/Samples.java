package dev.telar.benchmarks;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Results that nobody measured.
final class Samples {

  static final Row ROW =
      new Row("map", "map of ints", Unit.RATE, _ -> new MemoryCopy(1))
          .goal(20e6)
          .against(1.5, "Pool.map", Tool.PYTHON, _ -> new MemoryCopy(1));

  private Samples() {}

  /// So many in a second.
  static Outcome measured(double ours, double theirs) {
    return Outcome.measured(
        ROW, Placement.ANY, new Measurement(side(ours), List.of(side(theirs)), 20));
  }

  private static Measurement.Side side(double figure) {
    return new Measurement.Side(figure, 1e6, List.of(), 50, null);
  }

  static Report report(Outcome... outcomes) {
    return new Report(
        Instant.EPOCH,
        Depth.FULL,
        Map.of("processor", "A \"fast\" one"),
        List.of(outcomes).stream().flatMap(outcome -> outcome.lines().stream()).toList(),
        List.of(drawing()),
        Map.of("map", "map of ints"));
  }

  static Drawing drawing() {
    var points = List.of(new Point(10, 1e6), new Point(100, 1e7));
    return new Drawing("curve", "what", List.of(new Drawing.Line("Telar", points)));
  }
}
