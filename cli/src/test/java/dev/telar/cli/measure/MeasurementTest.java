package dev.telar.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.cli.compute.Primes;
import dev.telar.cli.words.Words;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Mode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurementTest {

  private static final Measurement SAMPLE =
      new Measurement(
          Mode.PROCESSES,
          12,
          2,
          0.25,
          new Run(3, 5.5),
          List.of(new Run(2.5, 4), new Run(1.5, 3), new Run(2, 3.5), new Run(9, 1)),
          1L << 33,
          3,
          new Answer(List.of("¡canción! \u0001"), Map.of("words", 6), List.of("a: gone"), false),
          List.of(new ChunkRuns(7, List.of(new Run(1, 1)))));

  @Test
  void comesBackWholeFromTheMeasuringJvm() {
    var bytes = new ByteArrayOutputStream();
    ReportLine.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), SAMPLE.toJson());
    String line = "printed without an end" + bytes.toString(StandardCharsets.UTF_8).strip();
    assertThat(Measurement.fromJson(ReportLine.parse(line))).isEqualTo(SAMPLE);
  }

  @Test
  void whatATaskPrintsIsNoReport() {
    assertThat(ReportLine.parse("{\"done\": 1}")).isNull();
  }

  @Test
  void theMedianStandsForAllRuns() {
    assertThat(SAMPLE.typical().seconds()).isEqualTo(2);
  }

  @Test
  void waitingIsWhatIsLeftOfTheLanes() {
    assertThat(new Run(2, 1).waiting(1)).hasValue(0.5);
    assertThat(new Run(2, 1).waiting(2)).hasValue(0.75);
    assertThat(new Run(2, 5).waiting(2)).as("compiler and collector compute too").hasValue(0);
    assertThat(new Run(0.09, 0.01).waiting(1)).as("too short to tell").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void allModesFindTheSame(Mode mode, @TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.txt"), "to be or not to be ".repeat(200_000));
    var progress = new ArrayList<Long>();
    Measurement measurement =
        new Runner(mode, 2, 2, (done, total) -> progress.add(total - done))
            .measure(new Words(List.of(folder.toString())), Instant.now());
    assertThat(measurement.answer().facts()).containsEntry("words", 1_200_000L);
    assertThat(measurement.warm()).hasSize(2).allMatch(run -> run.seconds() > 0);
    assertThat(measurement.startUpSeconds()).isPositive();
    assertThat(measurement.processes()).isGreaterThanOrEqualTo(mode == Mode.PROCESSES ? 3 : 1);
    assertThat(measurement.peakBytes()).isGreaterThan(10L << 20);
    assertThat(measurement.cold().cpuSeconds()).isPositive();
    assertThat(measurement.items()).isGreaterThan(10);
    assertThat(progress).isSortedAccordingTo((a, b) -> Long.compare(b, a)).endsWith(0L);
    assertThat(progress).hasSize(3 * measurement.items() + 1);
  }

  @Test
  void chunksOfOtherSizesAreMeasuredToo() throws Exception {
    Measurement measurement =
        new Runner(Mode.THREADS, 2, 1, (_, _) -> {}).measure(new Primes(), Instant.now());
    assertThat(measurement.chunks().stream().map(ChunkRuns::size))
        .containsExactly(1, measurement.items() / 2);
    assertThat(measurement.answer().facts()).containsEntry("primes", 970_704L);
  }
}
