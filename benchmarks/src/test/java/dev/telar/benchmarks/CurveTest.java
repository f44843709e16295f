package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
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
  void aPassThatDoesNotCountGoesBefore() throws Exception {
    List<Integer> made = new ArrayList<>();
    Curve curve = curve(made);

    curve.round();

    assertThat(made).containsExactly(1, 10, 100, 1, 10, 100);
    assertThat(curve.points()).extracting(Point::size).containsExactly(1.0, 10.0, 100.0);
  }

  @Test
  void oneThatHasNoTimeMeasuresEachSizeOnce() throws Exception {
    List<Integer> made = new ArrayList<>();
    Curve curve = curve(made);
    curve.limit(Duration.ZERO);

    curve.round();

    assertThat(made).containsExactly(1, 10, 100);
    assertThat(curve.points()).hasSize(3);
  }

  private static Curve curve(List<Integer> made) {
    return new Curve(
        1,
        100,
        10,
        Curve.Round.UNIT,
        size -> {
          made.add(size);
          return new MemoryCopy(size);
        });
  }

  @Test
  void theWorstIsComparedWithTheBestBefore() {
    assertThat(Curve.growth(List.of(new Point(1, 9), new Point(10, 20), new Point(100, 600))))
        .isEqualTo(3.0);
  }
}
