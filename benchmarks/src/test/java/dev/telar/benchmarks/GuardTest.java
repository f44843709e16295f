package dev.telar.benchmarks;

import static dev.telar.benchmarks.Samples.measured;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void oneThatIsALittleBetterIsNoise() {
    assertThat(Guard.collapses(RECORDED, measured(16e6, 15e6).lines())).isEmpty();
  }

  @Test
  void ourOwnFigureCollapsesToo() {
    assertThat(Guard.collapses(RECORDED, measured(15e6, 7.5e6).lines()))
        .singleElement()
        .asString()
        .contains("its own figure");
  }

  @Test
  void whatWasNotMeasuredSaysNothing() {
    var skipped = Outcome.skipped(Samples.ROW, Placement.ANY, "no python3").lines();

    assertThat(Guard.collapses(RECORDED, skipped)).isEmpty();
    assertThat(Guard.collapses(skipped, RECORDED)).isEmpty();
    assertThat(Guard.collapses(List.of(), RECORDED)).isEmpty();
  }
}
