package dev.telar.benchmarks;

import static dev.telar.benchmarks.PeerProcess.python;

import java.util.List;

/// The rows that are curves: a cost that is to grow linearly or better.
final class CurveRows {

  /// By how much a unit may cost more than at a smaller size and still count as noise.
  private static final double LINEAR = 1.3;

  private static final int BYTES_A_ROUND = 10_000_000;
  private static final int MOST_CALLS = 200;

  static final List<Row> ALL =
      List.of(
          new Row(
                  "curve-workers",
                  "time until all of 1 to 16 new workers work",
                  Unit.FACTOR,
                  most -> new Curve(1, most, 2, Curve.Round.UNIT, AllWorkers::each))
              .effort(once(16, 4))
              .goal(LINEAR)
              .beside(
                  "Python, spawn",
                  Tool.PYTHON,
                  most -> new Curve(2, most, 2, Curve.Round.UNIT, n -> python("each", n))),
          new Row(
                  "curve-tasks",
                  "time of 100 to 1 M tasks, submitted, then all results (Python: to 100 000)",
                  Unit.FACTOR,
                  most ->
                      new Curve(100, most, 10, Curve.Round.UNIT, n -> Work.lambdas(n, Work::two)))
              .effort(once(1_000_000, 10_000))
              .goal(LINEAR)
              .beside(
                  "ProcessPoolExecutor",
                  Tool.PYTHON,
                  most -> new Curve(100, most / 10, 10, Curve.Round.UNIT, n -> python("tasks", n))),
          new Row(
                  "curve-payload",
                  "time of 10 B to 100 MB to a task and back",
                  Unit.FACTOR,
                  most ->
                      new Curve(
                          10,
                          most,
                          10,
                          Curve.Round.WHOLE,
                          n -> Work.echo(calls(n), Work::two, new byte[n], all -> all.length)))
              .effort(once(100_000_000, 1_000_000))
              .goal(LINEAR)
              .beside(
                  "ProcessPoolExecutor",
                  Tool.PYTHON,
                  most ->
                      new Curve(
                          10, most, 10, Curve.Round.WHOLE, n -> python("bytes", n, calls(n)))));

  private CurveRows() {}

  /// So many that what is small is not measured cold, what is large not for minutes.
  private static int calls(int bytes) {
    return Math.clamp(BYTES_A_ROUND / bytes, 1, MOST_CALLS);
  }

  /// Each point has rounds of its own.
  private static Effort once(int largest, int quickLargest) {
    return Effort.of(largest).quick(quickLargest).rounds(0, 1);
  }
}
