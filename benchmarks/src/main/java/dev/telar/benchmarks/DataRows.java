package dev.telar.benchmarks;

import static dev.telar.benchmarks.PeerProcess.python;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The rows of what tasks are given and return, and of documents.
final class DataRows {

  private static final double TWICE_AS_FAST = 0.5;
  private static final int RECORDS = 1_000;
  private static final int BODY_BYTES = 1_000;
  private static final int DOUBLES = 1_000_000;

  /// Calls in a round: enough for the rounds that warm up to have the code compiled.
  private static final int SMALL_CALLS = 200;

  private static final int LARGE_CALLS = 10;

  static final List<Row> ALL =
      List.of(
          new Row(
                  "payload-records",
                  "1 000 records of 1 KiB to a task and back",
                  Unit.TIME,
                  n ->
                      Work.echo(
                          LARGE_CALLS,
                          Work::two,
                          records(n),
                          all -> all.size() + (long) all.getLast().content()))
              .effort(Effort.of(RECORDS))
              .against(
                  TWICE_AS_FAST,
                  "ProcessPoolExecutor",
                  Tool.PYTHON,
                  n -> python("records", n, LARGE_CALLS))
              .beside("memory copy", Tool.JDK, n -> new MemoryCopy(n * 1024L)),
          new Row(
                  "payload-ints",
                  "a List<Integer> of 1 000 to a task and back",
                  Unit.TIME,
                  n ->
                      Work.echo(
                          SMALL_CALLS,
                          Work::two,
                          Work.ints(n),
                          all -> all.size() + (long) all.getLast()))
              .pinned()
              .effort(Effort.of(1_000))
              .against(
                  TWICE_AS_FAST,
                  "ProcessPoolExecutor",
                  Tool.PYTHON,
                  n -> python("ints", n, SMALL_CALLS))
              .beside("memory copy", Tool.JDK, n -> new MemoryCopy(n * 4L)),
          new Row(
                  "payload-doubles",
                  "a double[] of 1 M to a task and back (Python: array.array)",
                  Unit.TIME,
                  n ->
                      Work.echo(
                          LARGE_CALLS,
                          Work::two,
                          doubles(n),
                          all -> all.length + (long) all[all.length - 1]))
              .effort(Effort.of(DOUBLES))
              .against(
                  TWICE_AS_FAST,
                  "ProcessPoolExecutor",
                  Tool.PYTHON,
                  n -> python("doubles", n, LARGE_CALLS))
              .beside("memory copy", Tool.JDK, n -> new MemoryCopy(n * 8L)),
          new Row(
                  "documents",
                  "parse of HTML pages of 50 KB by Tika, pool of 2",
                  Unit.RATE,
                  Documents::inWorkers)
              .effort(Effort.of(100).quick(20))
              .against(1.6, "one parser in this JVM", Tool.JDK, Documents::here)
              .beside("Tika Pipes, 2 processes", Tool.JDK, TikaPipes::contender));

  private DataRows() {}

  /// A record of a KiB.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Reading(int id, String name, byte[] body) {

    int content() {
      return id + name.length() + body.length + body[body.length - 1];
    }
  }

  private static List<Reading> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] body = new byte[BODY_BYTES];
              Arrays.fill(body, (byte) i);
              return new Reading(i, "record " + i, body);
            })
        .toList();
  }

  private static double[] doubles(int count) {
    double[] doubles = new double[count];
    Arrays.fill(doubles, 1.0);
    return doubles;
  }
}
