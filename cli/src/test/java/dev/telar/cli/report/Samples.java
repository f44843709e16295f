package dev.telar.cli.report;

import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.Run;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Mode;
import java.util.List;
import java.util.Map;

/// Measurements made up for tests.
final class Samples {

  private static final Answer ANSWER = new Answer(List.of("6 words."), Map.of("words", 6));

  private Samples() {}

  static Measurement measurement(
      Mode mode, double startUp, double cold, double warm, double cpu, int mebibytes) {
    return new Measurement(
        mode,
        10,
        mode == Mode.SEQUENTIAL ? 1 : 2,
        startUp,
        new Run(cold, cold),
        List.of(new Run(warm * 1.25, cpu), new Run(warm, cpu), new Run(warm / 1.25, cpu)),
        (long) mebibytes << 20,
        mode == Mode.PROCESSES ? 3 : 1,
        ANSWER,
        List.of());
  }

  static Measurement sequential(double warm) {
    return measurement(Mode.SEQUENTIAL, 0.2, 4.125, warm, warm, 300);
  }

  static Comparison comparison(Measurement... measurements) {
    return new Comparison("words", "some text", 2, 3, List.of(measurements), "");
  }
}
