package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.benchmarks.Measurement.Rounds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Measurement.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleOnes() {
    assertThat(Measurement.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
  }

  @Test
  void bothSidesTakeTurns() throws Exception {
    Measurement.take(row(), new Rounds(1, 1));

    assertThat(calls)
        .containsExactly(
            "ours first",
            "peer first",
            "ours 1",
            "peer 1",
            "ours 2",
            "peer 2",
            "peer close",
            "ours close");
  }

  @Test
  void warmUpRoundsAreNotCounted() throws Exception {
    Measurement measurement = Measurement.take(row(), new Rounds(2, 3));

    // The nth round takes n: rounds 3, 4 and 5 count.
    assertThat(measurement.ours()).isEqualTo(4.0);
  }

  @Test
  void whatIsWrittenIsRead() {
    var measurement = new Measurement(1.5, 2.5, 1e9, 2e9);

    assertThat(Measurement.parse(measurement.format())).isEqualTo(measurement);
  }

  private Row row() {
    return new Row(
        "name",
        "what",
        "peer",
        false,
        1.0,
        List.of(Placement.ANY),
        () -> new Recorder("ours"),
        () -> new Recorder("peer"));
  }

  private final class Recorder implements Contender {
    private final String side;
    private int rounds;

    Recorder(String side) {
      this.side = side;
    }

    @Override
    public double first() {
      calls.add(side + " first");
      return 0;
    }

    @Override
    public double round() {
      rounds++;
      calls.add(side + " " + rounds);
      return rounds;
    }

    @Override
    public void close() {
      calls.add(side + " close");
    }
  }
}
