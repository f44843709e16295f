package dev.telar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A report as people read it: on a terminal, and in PERFORMANCE.md.
final class Table {

  private static final int WIDEST = 40; // reasons may be longer, and stand alone then

  private Table() {}

  /// Aligned columns, what the rows are, and the machine.
  static String text(Report report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(Line.HEAD);
    report.lines().forEach(line -> rows.add(line.cells()));
    int last = Line.HEAD.size() - 1;
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < last; column++) {
      widths.add(width(rows, column));
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < last; column++) {
        text.append(("%-" + widths.get(column) + "s  ").formatted(row.get(column)));
      }
      text.append(row.get(last)).append('\n');
    }
    text.append('\n');
    report.meanings().forEach((name, what) -> text.append(name + ": " + what + '\n'));
    return text.append('\n').append(origin(report)).toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream()
        .mapToInt(row -> row.get(column).length())
        .filter(length -> length <= WIDEST)
        .max()
        .orElse(1);
  }

  /// A table of Markdown.
  static String markdown(Report report) {
    var text =
        new StringBuilder(
            "| row | cores | Telar | peer | | ratio | goal | | first call | rounds |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (Line line : report.lines()) {
      List<String> cells = line.cells();
      String peer = line.peer().equals("-") ? "" : line.peer();
      String verdict = line.verdict().equals("missed") ? "**missed**" : line.verdict();
      text.append(
          List.of(
                  "`" + line.row() + "`",
                  cells.get(1),
                  cells.get(2),
                  cells.get(3),
                  peer,
                  cells.get(4),
                  line.goal(),
                  verdict,
                  cells.get(7),
                  cells.get(8))
              .stream()
              .map(cell -> cell.equals("-") ? "" : cell)
              .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
    return text.append('\n').append(origin(report)).toString();
  }

  /// When and on what it was measured.
  private static String origin(Report report) {
    return "Measured %s%s on %s\n"
        .formatted(
            report.time(),
            report.depth() == Depth.FULL ? "" : " (" + report.depth() + ")",
            report.machine().entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ")));
  }
}
