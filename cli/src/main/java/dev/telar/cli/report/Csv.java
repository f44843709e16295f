package dev.telar.cli.report;

import java.util.List;
import java.util.stream.Collectors;

/// Writes comma-separated values as RFC 4180 has them: lines end with CR LF; a value with a comma,
/// a quote or an end of line is in quotes, and its own quotes are doubled.
final class Csv {

  private static final String END = "\r\n";

  private Csv() {}

  static String write(List<String> names, List<List<Object>> rows) {
    var text = new StringBuilder(line(names));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<?> values) {
    return values.stream()
        .map(value -> quoted(value.toString()))
        .collect(Collectors.joining(",", "", END));
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
