package dev.telar.cli.report;

import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/// What a job that ran on its own has to say; docs/reference/jobs.md describes it.
///
/// @param job its name
/// @param input what it worked on
/// @param mode how it ran
/// @param seconds how long, with the start of the pool
/// @param answer what it found
/// @param listing what it found, row by row
public record JobReport(
    String job, String input, Mode mode, double seconds, Answer answer, Listing listing) {

  private static final String SCHEMA = "telar.job/1";

  /// For people: the rows in columns, then the answer.
  ///
  /// @return lines
  public String text() {
    var lines = new ArrayList<String>();
    List<List<Object>> rows =
        listing.rows().subList(0, Math.min(listing.shown(), listing.rows().size()));
    if (!rows.isEmpty()) {
      lines.addAll(table(rows));
      lines.add("");
    }
    lines.addAll(answer.lines());
    lines.add("%s on %s; %s in %s.".formatted(Figures.seconds(seconds), on(), job, input));
    return String.join("\n", lines) + "\n";
  }

  private String on() {
    return mode == Mode.SEQUENTIAL ? "a plain loop" : mode.title();
  }

  /// A column that is empty in all rows is left out.
  private List<String> table(List<List<Object>> rows) {
    List<Integer> filled = new ArrayList<>();
    for (int i = 0; i < listing.columns().size(); i++) {
      int column = i;
      if (rows.stream().anyMatch(row -> !row.get(column).toString().isEmpty())) {
        filled.add(i);
      }
    }
    var table = new Table(filled.stream().map(listing.columns()::get).toArray(String[]::new));
    for (List<Object> row : rows) {
      table.row(filled.stream().map(row::get).map(JobReport::cell).toArray(String[]::new));
    }
    return table.lines();
  }

  /// Text that holds an end of line or the like would break the table, and may come from the web.
  private static String cell(Object value) {
    return value.toString().replaceAll("\\p{Cntrl}", " ");
  }

  /// For spreadsheets: the rows alone.
  ///
  /// @return CSV with a head
  public String csv() {
    return Csv.write(listing.columns(), listing.rows());
  }

  /// For programs.
  ///
  /// @return a JSON object over several lines
  public String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("job", job);
    json.put("input", input);
    json.put("on", mode.toString());
    json.put("seconds", seconds);
    json.put("answer", answer.facts());
    json.put("rows", listing.rows().stream().map(this::row).toList());
    json.put("failures", answer.failures());
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(json) + "\n";
  }

  private Map<String, Object> row(List<Object> row) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      if (!row.get(i).toString().isEmpty()) {
        json.put(listing.columns().get(i), row.get(i));
      }
    }
    return json;
  }
}
