package dev.telar.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/// All rows of the table.
final class Rows {

  private static final List<Row> ALL =
      Stream.of(
              PoolRows.ALL,
              DataRows.ALL,
              LifeRows.ALL,
              ThreadRows.ALL,
              CurveRows.ALL,
              MicroRows.ALL,
              SharedRows.ALL)
          .flatMap(List::stream)
          .toList();

  private Rows() {}

  static List<Row> all() {
    return ALL;
  }

  /// Those that CI looks at.
  static List<Row> guarded() {
    return ALL.stream().filter(Row::isGuarded).toList();
  }

  /// Finds rows.
  ///
  /// @param name of a row, or what the names of several begin with, before a dash
  /// @return the rows
  /// @throws IllegalArgumentException if there are none
  static List<Row> matching(String name) {
    List<Row> group = ALL.stream().filter(row -> row.name().startsWith(name + "-")).toList();
    boolean isRow = ALL.stream().anyMatch(row -> row.name().equals(name));
    return isRow || group.isEmpty() ? List.of(named(name)) : group;
  }

  /// Finds a row.
  ///
  /// @param name its name
  /// @return the row
  /// @throws IllegalArgumentException if there is none of that name; the message names those there
  ///   are
  static Row named(String name) {
    return ALL.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no benchmark is called "
                        + name
                        + "; there are "
                        + String.join(", ", ALL.stream().map(Row::name).toList())));
  }
}
