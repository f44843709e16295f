package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// PERFORMANCE.md: its text is written by people, the table in it comes from a results file.
final class Performance {

  private static final String BEGIN = "<!-- telar bench --render: begin -->\n";
  private static final String END = "<!-- telar bench --render: end -->\n";

  private Performance() {}

  /// Puts a report into the page and keeps its files in the repository.
  ///
  /// @param results the JSON file of a run
  /// @throws IOException if that cannot be read, or the page has no place for it
  static void render(Path results) throws IOException {
    Report report = ReportJson.read(Files.readString(results));
    Path page = Checkout.root().resolve("PERFORMANCE.md");
    Files.writeString(page, replaced(Files.readString(page), Table.markdown(report)));
    Path recorded = Checkout.recorded();
    Files.createDirectories(recorded);
    Files.writeString(recorded.resolve("results.json"), ReportJson.write(report));
    Results.draw(report, recorded, "");
  }

  /// A page with another table.
  ///
  /// @throws IOException if there is no place for it
  static String replaced(String page, String table) throws IOException {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("PERFORMANCE.md has no lines " + BEGIN.strip() + " and " + END.strip());
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + page.substring(end);
  }
}
