package dev.telar.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The results of one run, as a table for people and as JSON for programs.
///
/// @param time when it ran
/// @param quick whether it ran with fewer rounds
/// @param machine what it ran on
/// @param outcomes the rows
record Report(Instant time, boolean quick, Machine machine, List<Outcome> outcomes) {

  private static final List<String> HEAD =
      List.of("row", "cores", "Telar", "peer", "ratio", "goal", "verdict", "first call", "peer is");

  /// The report of now.
  ///
  /// @param quick whether it ran with fewer rounds
  /// @param outcomes the rows
  /// @return the report, with this machine's description
  static Report now(boolean quick, List<Outcome> outcomes) {
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new Report(time, quick, Machine.describe(), outcomes);
  }

  boolean hasFailures() {
    return outcomes.stream().anyMatch(Outcome::failed);
  }

  /// A table with the machine below it.
  ///
  /// @return lines, the last one with an end
  String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    outcomes.forEach(outcome -> rows.add(cells(outcome)));
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = width(rows, column);
        text.append(("%-" + width + "s  ").formatted(row.get(column)));
      }
      text.setLength(text.toString().stripTrailing().length());
      text.append('\n');
    }
    text.append('\n');
    outcomes.stream()
        .map(Outcome::row)
        .distinct()
        .forEach(row -> text.append(row.name()).append(": ").append(row.what()).append('\n'));
    text.append("Times are medians of one operation; the first call includes making the pool.\n");
    text.append("Measured ").append(time).append(quick ? " (quick)" : "").append(" on ");
    return text.append(machine).append('\n').toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream()
        .filter(row -> row.size() == HEAD.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(1);
  }

  private static List<String> cells(Outcome outcome) {
    Row row = outcome.row();
    String goal = row.goal().toString();
    Measurement figures = outcome.measurement();
    if (figures == null) {
      return List.of(
          row.name(), outcome.placement().label(), "-", "-", "-", goal, outcome.verdict());
    }
    boolean peer = figures.hasPeer();
    return List.of(
        row.name(),
        outcome.placement().label(),
        time(figures.ours()),
        peer ? time(figures.peer()) : "-",
        peer ? number(figures.ratio()) : "-",
        goal,
        outcome.verdict(),
        time(figures.oursFirst()) + " / " + (peer ? time(figures.peerFirst()) : "-"),
        row.peer());
  }

  /// A time in the unit that keeps it short.
  ///
  /// @param nanos nanoseconds
  /// @return such as `48.2 us`
  static String time(double nanos) {
    if (nanos < 1_000) {
      return String.format(Locale.ROOT, "%.1f ns", nanos);
    }
    return nanos < 1_000_000
        ? String.format(Locale.ROOT, "%.1f us", nanos / 1_000)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1_000_000);
  }

  /// The report as JSON; times are nanoseconds.
  ///
  /// @return one object
  String json() {
    return """
    {
      "time": %s,
      "quick": %b,
      "machine": {
        "system": %s,
        "processor": %s,
        "cores": %d,
        "memory": %s,
        "java": %s,
        "python": %s
      },
      "rows": [
    %s
      ]
    }
    """
        .formatted(
            quote(time.toString()),
            quick,
            quote(machine.system()),
            quote(machine.processor()),
            machine.cores(),
            quote(machine.memory()),
            quote(machine.java()),
            quote(machine.python()),
            outcomes.stream().map(Report::json).collect(Collectors.joining(",\n")));
  }

  private static String json(Outcome outcome) {
    Row row = outcome.row();
    String head =
        "    {\"name\": %s, \"cores\": %s, \"peer\": %s, \"goal\": %s, \"goalNanos\": %s, \"verdict\": %s"
            .formatted(
                quote(row.name()),
                quote(outcome.placement().label()),
                quote(row.peer()),
                number(row.goal().ratio()),
                number(row.goal().nanos()),
                quote(outcome.verdict()));
    Measurement figures = outcome.measurement();
    if (figures == null) {
      return head + "}";
    }
    return head
        + ", \"ours\": %s, \"theirs\": %s, \"ratio\": %s, \"oursFirst\": %s, \"theirsFirst\": %s}"
            .formatted(
                number(figures.ours()),
                number(figures.peer()),
                number(figures.ratio()),
                number(figures.oursFirst()),
                number(figures.peerFirst()));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "null";
  }

  private static String quote(String text) {
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
