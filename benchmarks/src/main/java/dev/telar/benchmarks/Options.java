package dev.telar.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was typed.
///
/// @param rows the rows to run
/// @param depth how thoroughly
/// @param json print JSON
/// @param recorded leave a recording of each row by Flight Recorder
/// @param results where the results are written
/// @param record keep what the guard compares with
/// @param render the file to put into PERFORMANCE.md, or empty for the last full run's
/// @param help only explain
record Options(
    List<Row> rows,
    Depth depth,
    boolean json,
    boolean recorded,
    Path results,
    boolean record,
    Optional<Optional<Path>> render,
    boolean help) {

  static final String USAGE =
      """
      Usage: telar bench [NAME...] [--quick] [--json] [--jfr] [--results=DIR]
             telar bench --guard [--record]
             telar bench --render[=FILE]
      Measures Telar and its peers side by side in one run. A NAME may be the first word of several.

        --quick          fewer rounds: all rows in under two minutes
        --json           prints JSON instead of a table
        --jfr            leaves a Flight Recorder recording of each row's JVM with the results
        --results=DIR    writes both, and drawn curves, there (benchmarks/results of the checkout)
        --guard          a few rows; fails if one is twice as bad as recorded
        --record         with --guard: records what it measures
        --render[=FILE]  measures nothing: puts the table of a results file (of the last full run)
                         into PERFORMANCE.md

      Peers that are not installed are left out, and the table says how to install them.

      Benchmarks:
      """;

  /// Reads them.
  ///
  /// @param args the words
  /// @return what they mean
  /// @throws IllegalArgumentException for a word that means nothing here
  static Options parse(String[] args) {
    List<Row> rows = new ArrayList<>();
    Depth depth = Depth.FULL;
    boolean json = false;
    boolean recorded = false;
    boolean record = false;
    boolean help = false;
    Path results = Checkout.results();
    Optional<Optional<Path>> render = Optional.empty();
    for (String arg : args) {
      switch (arg) {
        case "--quick" -> depth = Depth.QUICK;
        case "--json" -> json = true;
        case "--jfr" -> recorded = true;
        case "--guard" -> depth = Depth.GUARD;
        case "--record" -> record = true;
        case "--help", "-h" -> help = true;
        case "--render" -> render = Optional.of(Optional.empty());
        case String s when s.startsWith("--render=") ->
            render = Optional.of(Optional.of(Path.of(value(s))));
        case String s when s.startsWith("--results=") -> results = Path.of(value(s));
        case String s when s.startsWith("-") ->
            throw new IllegalArgumentException("unknown option " + s);
        default -> rows.addAll(Rows.matching(arg));
      }
    }
    if (record && depth != Depth.GUARD) {
      throw new IllegalArgumentException("--record goes with --guard");
    }
    if (rows.isEmpty()) {
      rows = depth == Depth.GUARD ? Rows.guarded() : Rows.all();
    }
    return new Options(rows, depth, json, recorded, results, record, render, help);
  }

  private static String value(String option) {
    return option.substring(option.indexOf('=') + 1);
  }
}
