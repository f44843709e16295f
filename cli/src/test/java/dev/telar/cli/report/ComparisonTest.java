package dev.telar.cli.report;

import static dev.telar.cli.report.Samples.comparison;
import static dev.telar.cli.report.Samples.measurement;
import static dev.telar.cli.report.Samples.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.cli.measure.ChunkRuns;
import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.Run;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class ComparisonTest {

  private static final Comparison ALL =
      comparison(
          sequential(3),
          measurement(Mode.THREADS, 0.21, 2.5, 1.5, 2.9, 450),
          measurement(Mode.VIRTUAL, 0.045, 2.5, 1.6, 1.6, 1450),
          measurement(Mode.PROCESSES, 0.71, 123.4, 3, 4, 0));

  @Test
  void theReportFitsAPlainTerminal() {
    assertThat(String.join("\n", ALL.lines()))
        .isEqualTo(
            """
                              start-up    cold   total    warm  speed-up     CPU  waiting     memory
            ----------------  --------  ------  ------  ------  --------  ------  -------  ---------
            sequential          0.20 s  4.13 s  4.33 s  3.00 s      1.0x  3.00 s      0 %    300 MiB
            platform threads    0.21 s  2.50 s  2.71 s  1.50 s      2.0x  2.90 s      3 %    450 MiB
            virtual threads      45 ms  2.50 s  2.55 s  1.60 s      1.9x  1.60 s     50 %  1,450 MiB
            processes           0.71 s   123 s   124 s  3.00 s      1.0x  4.00 s     33 %          -

            All four answers agree:
            6 words.

            Use platform threads: 2.0x as fast as the plain loop; Java's threads use all cores, and
            see each other's objects without copying. Processes took 2.0x the time, started 0.50 s
            later: take them when a task may hang, crash or eat memory, for only a process can be
            killed.\
            """);
  }

  @Test
  void theSizeOfTheChunksHasATableOfItsOwn() throws Exception {
    Measurement one = measurement(Mode.THREADS, 0.2, 2, 1, 2, 400);
    Measurement chunked =
        new Measurement(
            one.mode(),
            2000,
            2,
            0.2,
            one.cold(),
            one.warm(),
            1,
            1,
            one.answer(),
            List.of(
                new ChunkRuns(1, List.of(new Run(1.25, 1))),
                new ChunkRuns(1000, List.of(new Run(3, 1)))));
    Comparison comparison = comparison(sequential(3), chunked);
    assertThat(comparison.lines())
        .containsSequence(
            "warm, in chunks of  1 item  default     one a lane",
            "------------------  ------  -------  -------------",
            "platform threads    1.25 s   1.00 s  3.00 s (1000)",
            "");
    Map<String, Object> json = JSON.std.mapFrom(ComparisonJson.write(comparison));
    assertThat(((Map<?, ?>) ((List<?>) json.get("modes")).get(1)).get("chunks"))
        .isEqualTo(
            List.of(
                Map.of("size", 1, "warmSeconds", 1.25), Map.of("size", 1000, "warmSeconds", 3.0)));
  }

  @Test
  void whatChangesByItselfAgreesIfAsMuchOfItFailed() {
    assertThat(pages(700, "a: status 500").agree()).isTrue();
    assertThat(pages(700).agree()).isFalse();
  }

  private static Comparison pages(int bytes, String... failures) {
    return comparison(
        pages(Mode.SEQUENTIAL, 500, "b: no connection"), pages(Mode.THREADS, bytes, failures));
  }

  private static Measurement pages(Mode mode, int bytes, String... failures) {
    Measurement one = sequential(1);
    var answer =
        new Answer(List.of("Some pages."), Map.of("bytes", bytes), List.of(failures), false);
    return new Measurement(mode, 10, 2, 0.2, one.cold(), one.warm(), 1, 1, answer, List.of());
  }

  @Test
  void aLessonStandsBelowTheAdvice() {
    Comparison plain = comparison(sequential(3), measurement(Mode.THREADS, 0.2, 2, 1, 2, 400));
    var taught =
        new Comparison("serial", "", 2, 3, plain.measurements(), "So it is with every lock.");
    assertThat(taught.lines()).endsWith("", "So it is with every lock.");
  }

  @Test
  void answersThatDifferAreShownEachByItself() {
    Measurement good = sequential(3);
    var other = new Answer(List.of("7 words."), Map.of("words", 7));
    Measurement bad =
        new Measurement(Mode.THREADS, 10, 2, 0.2, good.cold(), good.warm(), 1, 1, other, List.of());
    Comparison comparison = comparison(good, bad);
    assertThat(comparison.agree()).isFalse();
    assertThat(comparison.lines())
        .containsSequence(
            "The answers DIFFER:", "sequential: 6 words.", "platform threads: 7 words.")
        .noneMatch(line -> line.startsWith("Use "));
  }

  @Test
  void theJsonHoldsTheSameFigures() throws Exception {
    Map<String, Object> json = JSON.std.mapFrom(ComparisonJson.write(ALL));
    assertThat(json)
        .containsEntry("schema", "telar.compare/1")
        .containsEntry("workload", "words")
        .containsEntry("agree", true)
        .containsEntry("answer", Map.of("words", 6))
        .containsKeys("input", "items", "n", "repeat", "java", "os", "processors", "advice");
    List<?> modes = (List<?>) json.get("modes");
    assertThat(modes).hasSize(4);
    assertThat((Map<?, ?>) modes.get(1))
        .isEqualTo(
            JSON.std.mapFrom(
                """
                {"mode": "threads", "lanes": 2, "startUpSeconds": 0.21, "coldSeconds": 2.5, "totalSeconds": 2.71,
                 "warmSeconds": 1.5, "speedUp": 2.0, "cpuSeconds": 2.9,
                 "waiting": 0.033333333333333326, "peakMemoryBytes": 471859200, "processes": 1,
                 "coldCpuSeconds": 2.5, "warmRunsSeconds": [1.875, 1.5, 1.2]}\
                """));
  }

  @Test
  void aPartOfTheModesIsAReportToo() {
    assertThat(comparison(measurement(Mode.THREADS, 0.2, 2, 1, 2, 400)).lines())
        .contains(
            "platform threads    0.20 s  2.00 s  2.20 s  1.00 s         -  2.00 s      0 %  400"
                + " MiB")
        .endsWith("", "6 words.");
  }
}
