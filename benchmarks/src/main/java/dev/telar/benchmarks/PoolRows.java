package dev.telar.benchmarks;

import static dev.telar.benchmarks.PeerProcess.loky;
import static dev.telar.benchmarks.PeerProcess.node;
import static dev.telar.benchmarks.PeerProcess.python;

import java.util.List;

/// The rows of pools of processes: many small tasks.
final class PoolRows {

  private static final int MILLION = 1_000_000;

  static final List<Row> ALL =
      List.of(
          new Row(
                  "submit",
                  "submit a small lambda to a process pool of 2 and get its result, one after the"
                      + " other",
                  Unit.TIME,
                  n -> Work.submit(n, Work::two, (pool, task) -> pool.submit(task)))
              .pinned()
              .guarded()
              .effort(Effort.of(2_000).quick(500))
              .against(0.5, "ProcessPoolExecutor", Tool.PYTHON, n -> python("submit", n))
              .against(1.3, "socket ping-pong", Tool.JDK, PingPong::new)
              .beside("joblib loky", Tool.JOBLIB, n -> loky("loky-submit", n / 10))
              .beside("Node workerpool", Tool.WORKERPOOL, n -> node("submit", n))
              .beside("ProcessBuilder", Tool.JDK, _ -> new ProcessPerTask()),
          new Row(
                  "lambdas",
                  "100 000 distinct lambdas submitted, then all results",
                  Unit.RATE,
                  n -> Work.lambdas(n, Work::two))
              .guarded()
              .effort(Effort.of(100_000).quick(10_000))
              .goal(250_000)
              .against(3, "Pool.map(chunksize=1)", Tool.PYTHON, n -> python("map-singly", n))
              .beside("ProcessPoolExecutor", Tool.PYTHON, n -> python("tasks", n / 10))
              .beside("Node workerpool", Tool.WORKERPOOL, n -> node("tasks", n / 10)),
          new Row(
                  "map",
                  "map of a cheap function over 1 M ints, default chunks",
                  Unit.RATE,
                  n -> Work.map(n, Work::two))
              .guarded()
              .effort(Effort.of(MILLION))
              .goal(20e6)
              .against(1.5, "Pool.map", Tool.PYTHON, n -> python("map", n))
              .beside("joblib loky", Tool.JOBLIB, n -> loky("loky-map", n / 10)),
          new Row("map-short", "the same over 100 000 ints", Unit.RATE, n -> Work.map(n, Work::two))
              .effort(Effort.of(MILLION / 10))
              .against(1, "Pool.map", Tool.PYTHON, n -> python("map", n)),
          new Row(
                  "stream",
                  "streamUnordered of 1 M cheap items (imap_unordered: 50 000, it is the same"
                      + " each)",
                  Unit.RATE,
                  n -> Work.streamUnordered(n, Work::two))
              .effort(Effort.of(MILLION).quick(200_000))
              .against(10, "imap_unordered", Tool.PYTHON, n -> python("imap-unordered", n / 20)),
          new Row(
                  "uneven",
                  "one item in a hundred takes 50 times longer; times the ideal schedule",
                  Unit.FACTOR,
                  Cpu.Uneven::new)
              .effort(Effort.of(2_000))
              .goal(1.05)
              .beside("Pool.map", Tool.PYTHON, n -> python("uneven", n)),
          new Row(
                  "two-workers",
                  "work that only computes, two workers against one",
                  Unit.RATE,
                  _ -> Cpu.parts(2))
              .against(1.95, "one worker", Tool.JDK, _ -> Cpu.parts(1))
              .beside("two bare threads", Tool.JDK, _ -> Cpu.bareParts(2))
              .beside("one bare thread", Tool.JDK, _ -> Cpu.bareParts(1)));

  private PoolRows() {}
}
