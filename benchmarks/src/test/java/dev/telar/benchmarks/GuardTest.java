package dev.telar.benchmarks;

import static dev.telar.benchmarks.Samples.measured;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardTest {

  private static final List<Line> RECORDED = measured(30e6, 15e6).lines();

  @Test
  void aRatioThatIsHalfAsGoodIsACollapse() {
    assertThat(Guard.collapses(RECORDED, measured(16e6, 16e6).lines()))
        .singleElement()
        .asString()
        .contains("map", "against Pool.map", "1.00, recorded 2.00");
  }

  @Test
  void aLineThatStillMeetsItsGoalHasNotCollapsed() {
    List<Line> fast = measured(60e6, 15e6).lines();
    assertThat(Guard.collapses(fast, measured(28e6, 15e6).lines())).isEmpty();
    assertThat(Guard.collapses(fast, measured(15e6, 15e6).lines())).hasSize(1);
  }

  @Test
  void ofSeveralRunsTheWorstIsRecorded() {
    List<Report> runs =
        List.of(
            Samples.report(measured(30e6, 15e6)),
            Samples.report(measured(15e6, 15e6)),
            Samples.report(measured(45e6, 15e6)));
    Line line = runs.getLast().lines().getLast();
    assertThat(Guard.worst(line, runs).ratio()).isEqualTo(1);
  }

  @Test
  void oneThatIsALittleBetterIsNoise() {
    assertThat(Guard.collapses(RECORDED, measured(16e6, 15e6).lines())).isEmpty();
  }

  @Test
  void aFigureOfOursDependsOnTheMachineAndSaysNothingAlone() {
    assertThat(Guard.collapses(RECORDED, measured(3e6, 1.5e6).lines())).isEmpty();
  }

  @Test
  void whatIsAllocatedDoesNotDependOnTheMachine() {
    assertThat(Guard.collapses(allocated(5_000), allocated(9_000))).isEmpty();
    assertThat(Guard.collapses(allocated(5_000), allocated(11_000)))
        .singleElement()
        .asString()
        .contains("its own figure");
  }

  private static List<Line> allocated(double bytes) {
    Row row = new Row("alloc", "what", Unit.BYTES, _ -> new MemoryCopy(1));
    var side = new Measurement.Side(bytes, Double.NaN, List.of(), 1, null);
    var measurement = new Measurement(side, List.of(), 0);
    return Outcome.measured(row, Placement.ANY, measurement).lines();
  }

  @Test
  void whereThereIsNoRecordCiFails() {
    assertThat(Guard.needsRecord(Map.of("CI", "true"))).isTrue();
    assertThat(Guard.needsRecord(Map.of())).isFalse();
  }

  @Test
  void whatWasNotMeasuredSaysNothing() {
    var skipped = Outcome.skipped(Samples.ROW, Placement.ANY, "no python3").lines();

    assertThat(Guard.collapses(RECORDED, skipped)).isEmpty();
    assertThat(Guard.collapses(skipped, RECORDED)).isEmpty();
    assertThat(Guard.collapses(List.of(), RECORDED)).isEmpty();
    assertThat(Guard.compared(RECORDED, skipped)).isZero();
    assertThat(Guard.compared(List.of(), RECORDED)).isZero();
    assertThat(Guard.compared(RECORDED, RECORDED)).isEqualTo(1);
  }
}
