package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The command `telar bench [NAME…] [--quick] [--json] [--save[=DIR]]`: Telar and its peers side by
/// side in one run.
public final class Bench {

  private static final String USAGE =
      """
      Usage: telar bench [NAME...] [--quick] [--json] [--save[=DIR]]
      Measures Telar and its peers side by side in one run. A NAME may be the first word of several.

        --quick       fewer rounds
        --json        prints JSON instead of a table
        --save[=DIR]  also writes both into DIR (benchmarks/results)

      Benchmarks:
      """;

  /// What was typed.
  ///
  /// @param rows the rows to run
  /// @param quick fewer rounds
  /// @param json print JSON
  /// @param save where to write the results, or null
  /// @param help only explain
  private record Options(
      List<Row> rows, boolean quick, boolean json, @Nullable Path save, boolean help) {

    static Options parse(String[] args) {
      List<Row> rows = new ArrayList<>();
      boolean quick = false;
      boolean json = false;
      boolean help = false;
      Path save = null;
      for (String arg : args) {
        switch (arg) {
          case "--quick" -> quick = true;
          case "--json" -> json = true;
          case "--help", "-h" -> help = true;
          case "--save" -> save = Path.of("benchmarks", "results");
          case String s when s.startsWith("--save=") -> save = Path.of(s.substring(7));
          case String s when s.startsWith("-") ->
              throw new IllegalArgumentException("unknown option " + s);
          default -> rows.addAll(Rows.matching(arg));
        }
      }
      return new Options(rows.isEmpty() ? Rows.all() : rows, quick, json, save, help);
    }
  }

  private Bench() {}

  /// Runs the command. Progress goes to standard error, the result to standard output.
  ///
  /// @param args what was typed behind `telar bench`
  /// @return the exit code: 0 measured (whether or not goals are met), 1 a row failed, 2 wrong
  ///   usage, 130 interrupted
  public static int run(String[] args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("telar bench: " + e.getMessage() + ". Try: telar bench --help");
      return 2;
    }
    if (options.help()) {
      System.out.print(USAGE);
      Rows.all().forEach(row -> System.out.printf("  %-20s %s%n", row.name(), row.what()));
      return 0;
    }
    try {
      Report report = measure(options);
      System.out.print(options.json() ? report.json() : report.table());
      Path save = options.save();
      if (save != null) {
        save(report, save);
      }
      return report.hasFailures() ? 1 : 0;
    } catch (IOException e) {
      System.err.println("telar bench: " + e);
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  private static Report measure(Options options) throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Row row : options.rows()) {
      for (Placement placement : row.placements()) {
        System.err.println("measuring " + row.name() + ", cores: " + placement.label());
        outcomes.add(RowProcess.run(row, placement, options.quick()));
      }
    }
    return Report.now(options.quick(), outcomes);
  }

  private static void save(Report report, Path directory) throws IOException {
    Files.createDirectories(directory);
    String name = report.time().toString().replace(":", "");
    Files.writeString(directory.resolve(name + ".json"), report.json());
    Files.writeString(directory.resolve(name + ".txt"), report.table());
    System.err.println("written to " + directory.resolve(name + ".json"));
  }

  /// Runs the command by itself.
  ///
  /// @param args the names and options
  public static void main(String[] args) {
    System.exit(run(args));
  }
}
