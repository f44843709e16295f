package dev.telar.cli.report;

import java.util.ArrayList;
import java.util.List;

/// Plain text in columns: the first one to the left, numbers to the right, two spaces between, a
/// line of dashes under the head.
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has as many cells as the head");
    }
    rows.add(List.of(cells));
  }

  /// The lines, without spaces at their ends.
  List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        var dashes = new ArrayList<String>();
        for (int width : widths) {
          dashes.add("-".repeat(width));
        }
        lines.add(line(dashes, widths));
      }
    }
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? cell + padding : "  " + padding + cell);
    }
    return line.toString().stripTrailing();
  }
}
