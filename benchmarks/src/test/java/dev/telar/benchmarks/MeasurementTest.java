package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  private static final List<Tool> JDK = List.of(Tool.JDK);

  private final List<String> calls = new ArrayList<>();

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleOnes() {
    assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
  }

  @Test
  void allSidesTakeTurnsAndEachRoundBeginsWithAnother() throws Exception {
    Measurement.take(row(), plan(1, 2), JDK);

    assertThat(calls)
        .containsExactly(
            "ours first",
            "peer first",
            "ours 1",
            "peer 1",
            "ours 2",
            "peer 2",
            "peer 3",
            "ours 3",
            "ours close",
            "peer close");
  }

  @Test
  void warmUpRoundsAreNotCounted() throws Exception {
    Measurement measurement = Measurement.take(row(), plan(2, 3), JDK);

    // The nth round takes n: rounds 3, 4 and 5 count.
    assertThat(measurement.ours().figure()).isEqualTo(4.0);
    assertThat(measurement.warmUp()).isEqualTo(2);
    assertThat(measurement.ours().counted()).isEqualTo(3);
  }

  @Test
  void oneRoundIsCountedHoweverLittleTimeThereIs() throws Exception {
    var none = new Depth.Plan(1, 20, 50, Duration.ZERO, Duration.ZERO);

    Measurement measurement = Measurement.take(row(), none, JDK);

    assertThat(measurement.ours().counted()).isEqualTo(1);
    assertThat(measurement.ours().figure()).isEqualTo(2.0); // the first one warmed up
  }

  @Test
  void aPeerWhoseToolIsMissingIsNotEvenMadeAndSaysHowToInstallIt() throws Exception {
    Row row = row().beside("other", Tool.JOBLIB, _ -> new Recorder("other"));

    Measurement measurement = Measurement.take(row, plan(1, 1), JDK);

    assertThat(measurement.peers().getLast().reason())
        .startsWith("skipped: ")
        .contains("apt install python3-joblib");
    assertThat(calls).noneMatch(call -> call.startsWith("other"));
  }

  @Test
  void aPeerThatFailsLeavesAndTheOthersGoOn() throws Exception {
    Row row = row().beside("broken", Tool.JDK, _ -> new Broken());

    Measurement measurement = Measurement.take(row, plan(1, 1), JDK);

    assertThat(measurement.peers().getLast().reason()).startsWith("failed: ").contains("no luck");
    assertThat(measurement.peers().getFirst().figure()).isEqualTo(2.0);
    Outcome outcome = Outcome.measured(row, Placement.ANY, measurement);
    assertThat(outcome.lines()).extracting(Line::hasFailed).containsExactly(false, true);
  }

  @Test
  void aPeerThatHasUsedUpItsTimeSaysHowManyOfItsRoundsCount() throws Exception {
    var plan = new Depth.Plan(1, 1, 5, Duration.ofHours(1), Duration.ZERO);

    Measurement measurement = Measurement.take(row(), plan, JDK);

    assertThat(measurement.ours().counted()).isEqualTo(5);
    assertThat(measurement.peers().getFirst().counted()).isEqualTo(1);
    Outcome outcome = Outcome.measured(row(), Placement.ANY, measurement);
    assertThat(outcome.lines().getFirst().cells()).contains("1 + 5 / 1");
  }

  @Test
  void ourOwnFailureFailsTheRowAndEndsThePeers() {
    Row row = new Row("name", "what", Unit.TIME, _ -> new Broken());
    row.beside("peer", Tool.JDK, _ -> new Recorder("peer"));

    assertThatThrownBy(() -> Measurement.take(row, plan(1, 1), JDK)).hasMessage("no luck");
    assertThat(calls).contains("peer close");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    var side = new Measurement.Side(1.5, Double.NaN, List.of(new Point(10, 2.5)), 50, null);
    var measurement = new Measurement(side, List.of(side, Measurement.Side.none("why")), 20);

    assertThat(MeasurementJson.read(MeasurementJson.write(measurement))).isEqualTo(measurement);
  }

  private Row row() {
    return new Row("name", "what", Unit.TIME, _ -> new Recorder("ours"))
        .beside("peer", Tool.JDK, _ -> new Recorder("peer"));
  }

  private static Depth.Plan plan(int warmUp, int counted) {
    return new Depth.Plan(1, warmUp, counted, Duration.ofHours(1), Duration.ofHours(1));
  }

  private static final class Broken implements Contender {
    @Override
    public double first() {
      return 0;
    }

    @Override
    public double round() throws IOException {
      throw new IOException("no luck");
    }

    @Override
    public void close() {}
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
