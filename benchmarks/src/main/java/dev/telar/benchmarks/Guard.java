package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What CI asks: has a row collapsed? Only twice as bad as recorded is a collapse, and only if the
/// row is so twice and misses its goal, if it has one, so that noise never blocks. Compared are
/// ratios to peers, and what is allocated: times by themselves say more about the machine.
final class Guard {

  private static final double COLLAPSE = 2;

  private final Report recorded;
  private final RowProcess process;

  Guard(Report recorded, RowProcess process) {
    this.recorded = recorded;
    this.process = process;
  }

  /// Keeps runs of the guard's rows as the record: the worst of each line, because where processes
  /// are put decides latencies, and that is luck.
  static void record(List<Report> runs) throws IOException {
    Report last = runs.getLast();
    List<Line> worst = last.lines().stream().map(line -> worst(line, runs)).toList();
    Files.createDirectories(Checkout.recorded());
    Files.writeString(file(), ReportJson.write(last.withLines(worst)));
    System.err.println("recorded in " + file());
  }

  static Line worst(Line line, List<Report> runs) {
    Line worst = line;
    for (Report run : runs) {
      for (Line other : run.lines()) {
        if (other.isSameAs(line) && line.unit().decline(other.held(), worst.held()) > 1) {
          worst = other;
        }
      }
    }
    return worst;
  }

  /// Where there is no record, nothing is guarded. CI must not take that for success, a developer
  /// who is about to make one may.
  ///
  /// @param environment CI is where the variable `CI` is `true`, as all its services have it
  /// @return whether a missing record is an error
  static boolean needsRecord(Map<String, String> environment) {
    return "true".equalsIgnoreCase(environment.get("CI"));
  }

  /// The record, if there is one.
  static Optional<Report> recorded() throws IOException {
    return Files.exists(file())
        ? Optional.of(ReportJson.read(Files.readString(file())))
        : Optional.empty();
  }

  private static Path file() {
    return Checkout.recorded().resolve("guard.json");
  }

  /// Measures a row again that seems to have collapsed.
  ///
  /// @return one line for each collapse that was seen twice
  List<String> collapses(List<Outcome> outcomes) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (!collapses(outcome).isEmpty()) {
        System.err.println("measuring " + outcome.row().name() + " again");
        all.addAll(collapses(process.run(outcome.row(), outcome.placement())));
      }
    }
    return all;
  }

  private List<String> collapses(Outcome outcome) {
    return collapses(recorded.lines(), outcome.lines());
  }

  /// Compares lines with those recorded; what was not recorded, or is not measured now, says
  /// nothing.
  static List<String> collapses(List<Line> recorded, List<Line> now) {
    List<String> all = new ArrayList<>();
    for (Line line : now) {
      if (line.isMet()) {
        continue;
      }
      comparable(line, recorded)
          .filter(then -> line.unit().decline(line.held(), then.held()) >= COLLAPSE)
          .map(then -> sentence(line, then))
          .forEach(all::add);
    }
    return all;
  }

  /// How many lines can be compared: none, and nothing was guarded.
  static long compared(List<Line> recorded, List<Line> now) {
    return now.stream()
        .filter(line -> Double.isFinite(line.held()))
        .filter(line -> comparable(line, recorded).anyMatch(then -> Double.isFinite(then.held())))
        .count();
  }

  private static Stream<Line> comparable(Line line, List<Line> recorded) {
    return line.unit() == Unit.BYTES || !line.peer().equals("-")
        ? recorded.stream().filter(line::isSameAs)
        : Stream.of();
  }

  private static String sentence(Line now, Line then) {
    return String.format(
        Locale.ROOT,
        "%s (%s, %s) has collapsed: %.2f, recorded %.2f",
        now.row(),
        now.cores(),
        now.peer().equals("-") ? "its own figure" : "against " + now.peer(),
        now.held(),
        then.held());
  }
}
