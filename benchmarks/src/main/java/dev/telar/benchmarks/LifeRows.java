package dev.telar.benchmarks;

import static dev.telar.benchmarks.PeerProcess.python;

import java.util.List;

/// The rows of workers that start, end, wait, and of the parent's memory.
final class LifeRows {

  private static final double MILLIS = 1e6;
  private static final double MB = 1e6;
  private static final int TEN_MILLION = 10_000_000;

  /// A worst case, not a time; the first call has warmed up.
  private static final Effort LAZY = Effort.of(TEN_MILLION).quick(TEN_MILLION / 10).rounds(0, 3);

  static final List<Row> ALL =
      List.of(
          new Row("start", "pool of 2 made, until its first result", Unit.TIME, AllWorkers::first)
              .effort(Effort.of(2))
              .goal(80 * MILLIS)
              .against(2, "Python, spawn", Tool.PYTHON, n -> python("start", n))
              .beside("Python, fork", Tool.PYTHON, n -> python("start-fork", n)),
          new Row(
                  "start-further",
                  "workers 2 to 8 of a new pool at work, by worker",
                  Unit.TIME,
                  AllWorkers::further)
              .effort(Effort.of(8).quick(4).rounds(5, 20))
              .against(2, "Python, spawn", Tool.PYTHON, n -> python("further", n)),
          new Row(
                  "replace-spare",
                  "worker killed, until the next result, with a spare",
                  Unit.TIME,
                  _ -> new Replacement(1))
              .pinned()
              .goal(5 * MILLIS),
          new Row(
                  "replace-cold",
                  "worker killed, until the next result, without a spare",
                  Unit.TIME,
                  _ -> new Replacement(0))
              .goal(100 * MILLIS),
          new Row("idle-worker", "memory of an idle worker (PSS)", Unit.BYTES, _ -> new Idle())
              .effort(Effort.of(2).rounds(2, 10)) // the same pool: nothing warms, little varies
              .goal(25 * MB)
              .beside("Python, spawn", Tool.PYTHON, n -> python("idle", n))
              .beside("Python, fork", Tool.PYTHON, n -> python("idle-fork", n)),
          new Row(
                  "lazy-memory",
                  "growth of the parent's heap while 10 M items are mapped lazily",
                  Unit.BYTES,
                  n -> new LazyMemory(n, LazyMemory::heap))
              .effort(LAZY)
              .goal(8 * MB),
          new Row(
                  "lazy-memory-resident",
                  "the same, all that the parent has in memory (Python: imap, chunksize 1000)",
                  Unit.BYTES,
                  n -> new LazyMemory(n, LazyMemory::resident))
              .effort(LAZY)
              .beside("imap", Tool.PYTHON, n -> python("lazy", n)));

  private LifeRows() {}
}
