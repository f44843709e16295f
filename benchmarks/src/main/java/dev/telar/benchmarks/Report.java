package dev.telar.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The results of one run.
///
/// @param time when it ran
/// @param depth how thoroughly it measured
/// @param machine what it ran on
/// @param lines the table
/// @param drawings the curves
/// @param meanings what each row measures
record Report(
    Instant time,
    Depth depth,
    Map<String, String> machine,
    List<Line> lines,
    List<Drawing> drawings,
    Map<String, String> meanings) {

  /// The report of now.
  ///
  /// @param depth how thoroughly it measured
  /// @param machine what it ran on, described when it began
  /// @param outcomes the rows
  /// @return the report
  static Report now(Depth depth, Map<String, String> machine, List<Outcome> outcomes) {
    var meanings = new LinkedHashMap<String, String>();
    outcomes.forEach(outcome -> meanings.put(outcome.row().name(), outcome.row().what()));
    return new Report(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        depth,
        machine,
        outcomes.stream().flatMap(outcome -> outcome.lines().stream()).toList(),
        outcomes.stream().flatMap(outcome -> outcome.drawings().stream()).toList(),
        meanings);
  }

  Report withLines(List<Line> others) {
    return new Report(time, depth, machine, others, drawings, meanings);
  }

  boolean hasFailures() {
    return lines.stream().anyMatch(Line::hasFailed);
  }

  /// What its files are called, before the dot.
  String stamp() {
    return time.toString().replace(":", "");
  }
}
