package dev.telar.benchmarks;

import static dev.telar.benchmarks.Samples.measured;
import static dev.telar.benchmarks.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @Test
  void aRateReachesItsGoalsFromBelow() {
    assertThat(verdicts(measured(30e6, 15e6))).containsExactly("met", "met");
    assertThat(verdicts(measured(19e6, 15e6))).containsExactly("missed", "missed");
    assertThat(verdicts(measured(30e6, 25e6))).containsExactly("met", "missed");
  }

  @Test
  void theTableShowsFiguresRatioGoalAndMachine() {
    String table = Table.text(report(measured(30e6, 15e6)));

    assertThat(table.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsSubsequence(
                        "map",
                        "any",
                        "30.0 M/s",
                        "15.0 M/s",
                        "2.00",
                        ">= 1.50",
                        "met",
                        "20 + 50",
                        "Pool.map"))
        .anySatisfy(line -> assertThat(line).containsSubsequence(">= 20.0 M/s", "met"))
        .anySatisfy(line -> assertThat(line).contains("A \"fast\" one"));
  }

  @Test
  void thePageShowsFirstCallsAndRoundsToo() {
    String table = Table.markdown(report(measured(30e6, 15e6)));

    assertThat(table.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsSubsequence("`map`", "Pool.map", "1.0 ms / 1.0 ms", "20 + 50"));
  }

  @Test
  void whatCouldNotBeMeasuredSaysWhy() {
    Report report = report(Outcome.skipped(Samples.ROW, Placement.ONE, "no taskset"));

    assertThat(Table.text(report)).contains("skipped: no taskset");
    assertThat(report.hasFailures()).isFalse();
  }

  @Test
  void aFailureIsOne() {
    assertThat(report(Outcome.failed(Samples.ROW, Placement.ONE, "boom")).hasFailures()).isTrue();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Report report =
        report(measured(30e6, 15e6), Outcome.skipped(Samples.ROW, Placement.ONE, "no taskset"));

    assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
  }

  @Test
  void whatIsNoResultIsRefused() {
    assertThatThrownBy(() -> ReportJson.read("{\"time\": \"noon\"}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRunLeavesJsonTableAndCurves(@TempDir Path folder) throws IOException {
    Results.write(report(measured(30e6, 15e6)), folder, "run");

    assertThat(folder.resolve("run.txt")).content().contains("30.0 M/s");
    assertThat(folder.resolve("run-curve.svg")).content().contains("<svg", ">Telar<");
    assertThat(Results.lastFull(folder)).contains(folder.resolve("run.json"));
  }

  @Test
  void filesOfOtherVersionsAreNoFullRuns(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("old.json"), "{\"rows\": []}");

    assertThat(Results.lastFull(folder)).isEmpty();
  }

  @Test
  void thePageKeepsItsTextAroundTheTable() throws IOException {
    String begin = "<!-- telar bench --render: begin -->\n";
    String end = "<!-- telar bench --render: end -->\n";

    assertThat(Performance.replaced("before\n" + begin + "old\n" + end + "after\n", "| new |"))
        .isEqualTo("before\n" + begin + "\n| new |\n" + end + "after\n");
    assertThatThrownBy(() -> Performance.replaced("no place", "| new |"))
        .hasMessageContaining("PERFORMANCE.md");
  }

  @Test
  void figuresComeInTheUnitThatKeepsThemShort() {
    assertThat(
            List.of(
                Unit.TIME.show(12.34),
                Unit.TIME.show(48_210),
                Unit.RATE.show(3_100_000),
                Unit.BYTES.show(24_900_000),
                Unit.FACTOR.show(1.04)))
        .containsExactly("12.3 ns", "48.2 us", "3.1 M/s", "24.9 MB", "1.04 x");
  }

  private static List<String> verdicts(Outcome outcome) {
    return outcome.lines().stream().map(Line::verdict).toList();
  }
}
