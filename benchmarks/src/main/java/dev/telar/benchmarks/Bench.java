package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command `telar bench`: Telar and its peers side by side in one run.
public final class Bench {

  private static final int RUNS_OF_RECORD = 3;

  private Bench() {}

  /// Runs the command. Progress goes to standard error, the result to standard output.
  ///
  /// @param args what was typed behind `telar bench`
  /// @return the exit code: 0 measured (whether or not goals are met), 1 a row failed or, with
  ///   `--guard`, has collapsed, 2 wrong usage, 130 interrupted
  public static int run(String[] args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("telar bench: " + e.getMessage() + ". Try: telar bench --help");
      return 2;
    }
    if (options.help()) {
      System.out.print(Options.USAGE);
      Rows.all().forEach(row -> System.out.printf("  %-22s %s%n", row.name(), row.what()));
      return 0;
    }
    try {
      return options.render().isPresent() ? render(options) : measure(options);
    } catch (IOException e) {
      System.err.println("telar bench: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  private static int measure(Options options) throws IOException, InterruptedException {
    boolean guards = options.depth() == Depth.GUARD && !options.record();
    Optional<Report> recorded = guards ? Guard.recorded() : Optional.empty();
    if (guards && recorded.isEmpty()) {
      System.err.println(
          "telar bench: nothing is recorded to compare with: telar bench --guard --record");
      if (Guard.needsRecord(System.getenv())) {
        return 1;
      }
    }
    long begin = System.nanoTime();
    Path folder = Files.createDirectories(options.results());
    var process = new RowProcess(options.depth(), options.recorded() ? folder : null);
    Map<String, String> machine = Machine.describe(WorkerCache.settle(options.rows()));
    List<Report> before = new ArrayList<>();
    for (int i = 1; i < RUNS_OF_RECORD && options.record(); i++) {
      before.add(Report.now(options.depth(), machine, outcomes(options.rows(), process)));
    }
    List<Outcome> outcomes = outcomes(options.rows(), process);
    System.err.println("all in " + Unit.TIME.show((double) (System.nanoTime() - begin)));
    Report report = Report.now(options.depth(), machine, outcomes);
    System.out.print(options.json() ? ReportJson.write(report) : Table.text(report));
    Path json = Results.write(report, folder, report.stamp());
    System.err.println("written to " + json);
    if (options.record()) {
      before.add(report);
      Guard.record(before);
      return report.hasFailures() ? 1 : 0;
    }
    boolean collapsed = recorded.isPresent() && hasCollapsed(recorded.get(), outcomes, process);
    return report.hasFailures() || collapsed ? 1 : 0;
  }

  private static List<Outcome> outcomes(List<Row> rows, RowProcess process)
      throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Row row : rows) {
      for (Placement placement : row.placements()) {
        long start = System.nanoTime();
        System.err.print("measuring " + row.name() + ", cores: " + placement.label());
        outcomes.add(process.run(row, placement));
        System.err.println(", " + Unit.TIME.show((double) (System.nanoTime() - start)));
      }
    }
    return outcomes;
  }

  private static boolean hasCollapsed(Report recorded, List<Outcome> outcomes, RowProcess process)
      throws IOException, InterruptedException {
    List<String> collapses = new Guard(recorded, process).collapses(outcomes);
    collapses.forEach(collapse -> System.err.println("telar bench: " + collapse));
    long compared =
        Guard.compared(
            recorded.lines(), outcomes.stream().flatMap(each -> each.lines().stream()).toList());
    System.err.println("compared with what is recorded: " + compared + " lines");
    return !collapses.isEmpty() || compared == 0;
  }

  private static int render(Options options) throws IOException {
    Optional<Path> chosen = options.render().orElseThrow();
    Optional<Path> file = chosen.isPresent() ? chosen : Results.lastFull(options.results());
    if (file.isEmpty()) {
      System.err.println("telar bench: no full run in " + options.results() + ": run telar bench");
      return 1;
    }
    Performance.render(file.get());
    System.err.println("rendered " + file.get() + " into PERFORMANCE.md");
    return 0;
  }

  /// Runs the command by itself.
  ///
  /// @param args the names and options
  public static void main(String[] args) {
    System.exit(run(args));
  }
}
