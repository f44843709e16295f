package dev.telar.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was typed.
///
/// @param rows the rows to run
/// @param quick fewer rounds
/// @param json print JSON
/// @param results where the results are written
/// @param guard compare with what is recorded
/// @param render the file to put into PERFORMANCE.md, or empty for the last full run's
/// @param help only explain
record Options(
    List<Row> rows,
    boolean quick,
    boolean json,
    Path results,
    boolean guard,
    Optional<Optional<Path>> render,
    boolean help) {

  static final String USAGE =
      """
      Usage: telar bench [NAME...] [--quick] [--json] [--results=DIR]
             telar bench --guard
             telar bench --render[=FILE]
      Measures Telar and its peers side by side in one run. A NAME may be the first word of several.

        --quick          fewer rounds: all rows in under two minutes
        --json           prints JSON instead of a table
        --results=DIR    writes both, and drawn curves, there (benchmarks/results of the checkout)
        --guard          a few rows, quickly; fails if one is twice as bad as recorded
        --render[=FILE]  measures nothing: puts the table of a results file (of the last full run)
                         into PERFORMANCE.md and records it for --guard

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
    boolean quick = false;
    boolean json = false;
    boolean guard = false;
    boolean help = false;
    Path results = Checkout.results();
    Optional<Optional<Path>> render = Optional.empty();
    for (String arg : args) {
      switch (arg) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        case "--guard" -> guard = true;
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
    if (rows.isEmpty()) {
      rows = guard ? Rows.guarded() : Rows.all();
    }
    return new Options(rows, quick || guard, json, results, guard, render, help);
  }

  private static String value(String option) {
    return option.substring(option.indexOf('=') + 1);
  }
}
