package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Row ROW = Rows.named("submit");
  private static final Machine MACHINE =
      new Machine("Linux 6", "A \"fast\" one", 2, "8 GB", "25", "none");

  @Test
  void aRatioUnderTheGoalMeetsIt() {
    assertThat(measured(60, 100).verdict()).isEqualTo("met");
    assertThat(measured(80, 100).verdict()).isEqualTo("missed");
  }

  @Test
  void theTableShowsBothSidesTheRatioAndTheMachine() {
    String table = report(measured(60_000, 100_000)).table();

    assertThat(table.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsSubsequence("submit", "60.0 us", "100.0 us", "0.60", "0.75", "met"))
        .anySatisfy(line -> assertThat(line).contains("A \"fast\" one, 2 cores"));
  }

  @Test
  void whatCouldNotBeMeasuredSaysWhy() {
    var report = report(Outcome.skipped(ROW, Placement.ONE, "no python3 on the PATH"));

    assertThat(report.table()).contains("skipped: no python3 on the PATH");
    assertThat(report.json()).contains("\"verdict\": \"skipped: no python3 on the PATH\"}");
    assertThat(report.hasFailures()).isFalse();
  }

  @Test
  void aFailureIsOne() {
    assertThat(report(Outcome.failed(ROW, Placement.ONE, "boom")).hasFailures()).isTrue();
  }

  @Test
  void jsonEscapesQuotes() {
    assertThat(report(measured(1, 2)).json()).contains("\"processor\": \"A \\\"fast\\\" one\"");
  }

  @Test
  void timesComeInTheUnitThatKeepsThemShort() {
    assertThat(List.of(Report.time(12.34), Report.time(48_210), Report.time(73_000_000)))
        .containsExactly("12.3 ns", "48.2 us", "73.0 ms");
  }

  private static Outcome measured(double ours, double peer) {
    return Outcome.measured(ROW, Placement.ONE, new Measurement(ours, peer, 1, 1));
  }

  private static Report report(Outcome outcome) {
    return new Report(Instant.EPOCH, false, MACHINE, List.of(outcome));
  }
}
