package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void whatGrowsLinearlyHasAFactorOfOne() {
    assertThat(Curve.growth(List.of(new Point(1, 5), new Point(10, 50), new Point(100, 500))))
        .isEqualTo(1.0);
  }

  @Test
  void whatGrowsLessThanLinearlyHasASmallerOne() {
    assertThat(Curve.growth(List.of(new Point(1, 5), new Point(10, 10)))).isLessThan(1);
  }

  @Test
  void theWorstIsComparedWithTheBestBefore() {
    assertThat(Curve.growth(List.of(new Point(1, 9), new Point(10, 20), new Point(100, 600))))
        .isEqualTo(3.0);
  }
}
