package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.ThreadPool;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All rows of the table.
final class Rows {

  /// A rate of 0.9 times the peer's, as a ratio of times.
  private static final double NINE_TENTHS_OF_THE_RATE = 1 / 0.9;

  private static final List<Placement> PINNED = List.of(Placement.ONE, Placement.TWO);

  private static final List<Row> ALL =
      List.of(
          new Row(
              "submit",
              "submit and get, process pool of 2",
              "ProcessPoolExecutor",
              true,
              0.75,
              PINNED,
              () ->
                  new SubmitContender<ProcessPool>(
                      () -> Pool.processes(2), (pool, task) -> pool.submit(task)),
              () -> new PythonContender("submit")),
          new Row(
              "map",
              "map over 100 000 ints, process pool of 2",
              "multiprocessing.Pool",
              true,
              1.0,
              List.of(Placement.ANY),
              () -> new MapContender(() -> Pool.processes(2)),
              () -> new PythonContender("map")),
          new Row(
              "submit-threads",
              "submit and get, thread pool of 2",
              "newFixedThreadPool",
              false,
              NINE_TENTHS_OF_THE_RATE,
              PINNED,
              () -> threads(() -> Pool.threads(2)),
              () -> jdk(() -> Executors.newFixedThreadPool(2))),
          new Row(
              "submit-virtual",
              "submit and get, virtual threads",
              "newVirtualThreadPerTaskExecutor",
              false,
              NINE_TENTHS_OF_THE_RATE,
              PINNED,
              () -> threads(Pool::virtualThreads),
              () -> jdk(Executors::newVirtualThreadPerTaskExecutor)),
          replacement("replace-spare", "killed to working again, with a spare", 1, 5e6),
          replacement("replace-cold", "killed to working again, without a spare", 0, 100e6));

  private Rows() {}

  static List<Row> all() {
    return Stream.concat(ALL.stream(), SharedRows.ALL.stream()).toList();
  }

  /// Finds rows.
  ///
  /// @param name of a row, or what the names of several begin with, before a dash
  /// @return the rows
  /// @throws IllegalArgumentException if there are none
  static List<Row> matching(String name) {
    List<Row> group = all().stream().filter(row -> row.name().startsWith(name + "-")).toList();
    boolean isRow = all().stream().anyMatch(row -> row.name().equals(name));
    return isRow || group.isEmpty() ? List.of(named(name)) : group;
  }

  /// Finds a row.
  ///
  /// @param name its name
  /// @return the row
  /// @throws IllegalArgumentException if there is none of that name; the message names those there
  ///   are
  static Row named(String name) {
    return all().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no benchmark is called "
                        + name
                        + "; there are "
                        + String.join(", ", all().stream().map(Row::name).toList())));
  }

  private static Row replacement(String name, String what, int spares, double nanos) {
    return new Row(
        name,
        what,
        "-",
        false,
        Goal.nanos(nanos),
        List.of(Placement.ANY),
        false,
        () -> new ReplacementContender(spares),
        null);
  }

  private static Contender threads(Supplier<ThreadPool> factory) {
    return new SubmitContender<>(factory, (pool, task) -> pool.submit(task));
  }

  private static Contender jdk(Supplier<ExecutorService> factory) {
    return new SubmitContender<>(factory, ExecutorService::submit);
  }
}
