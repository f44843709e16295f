package dev.telar.cli.report;

import dev.telar.cli.measure.ChunkRuns;
import dev.telar.cli.measure.Measurement;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was measured of one workload in several modes.
///
/// @param workload its name
/// @param input what it worked on
/// @param n how many threads or processes were asked for
/// @param repeat how many warm runs each mode had
/// @param measurements one for each mode, at least one
/// @param lesson what a comparison of this work teaches, or the empty string
public record Comparison(
    String workload,
    String input,
    int n,
    int repeat,
    List<Measurement> measurements,
    String lesson) {

  private static final String[] NUMBERS = {"no", "one", "both", "three", "four"};

  /// Keeps a copy of the list.
  public Comparison {
    measurements = List.copyOf(measurements);
  }

  /// Whether all modes found the same.
  ///
  /// @return true if there is one answer
  public boolean agree() {
    Answer first = measurements.getFirst().answer();
    return measurements.stream().allMatch(one -> first.agrees(one.answer()));
  }

  /// The measurement of a mode.
  ///
  /// @param mode the mode
  /// @return what was measured, or empty if it was left out
  Optional<Measurement> of(Mode mode) {
    return measurements.stream().filter(one -> one.mode() == mode).findFirst();
  }

  /// How many times as fast as the plain loop, both warm.
  ///
  /// @param measurement one of the modes
  /// @return the factor, or empty if the plain loop was left out
  Optional<Double> speedUp(Measurement measurement) {
    return of(Mode.SEQUENTIAL)
        .map(plain -> plain.typical().seconds() / measurement.typical().seconds());
  }

  /// The report for people: table, agreement, answer, advice. No line is longer than 100 columns
  /// unless the input makes it so.
  ///
  /// @return the lines
  public List<String> lines() {
    var table =
        new Table("", "start-up", "cold", "total", "warm", "speed-up", "CPU", "waiting", "memory");
    for (Measurement one : measurements) {
      table.row(
          one.mode().title(),
          Figures.seconds(one.startUpSeconds()),
          Figures.seconds(one.cold().seconds()),
          Figures.seconds(one.totalSeconds()),
          Figures.seconds(one.typical().seconds()),
          speedUp(one).map(Figures::times).orElse("-"),
          Figures.seconds(one.typical().cpuSeconds()),
          Figures.percent(one.typical().waiting(one.lanes())),
          Figures.memory(one.peakBytes()));
    }
    var lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.addAll(chunks());
    lines.addAll(agreement());
    List<String> advice = new Advice(this).sentences();
    if (!advice.isEmpty()) {
      lines.add("");
      lines.addAll(Paragraph.wrap(String.join(" ", advice), 90));
    }
    if (!lesson.isEmpty() && measurements.size() > 1 && agree()) {
      lines.add("");
      lines.addAll(Paragraph.wrap(lesson, 90));
    }
    return lines;
  }

  /// A second table, of warm times: what the size of the chunks changes.
  private List<String> chunks() {
    List<Measurement> chunked =
        measurements.stream().filter(one -> !one.chunks().isEmpty()).toList();
    if (chunked.isEmpty()) {
      return List.of();
    }
    var table = new Table("warm, in chunks of", "1 item", "default", "one a lane");
    for (Measurement one : chunked) {
      ChunkRuns large = one.chunks().getLast();
      table.row(
          one.mode().title(),
          Figures.seconds(one.chunks().getFirst().typical().seconds()),
          Figures.seconds(one.typical().seconds()),
          "%s (%d)".formatted(Figures.seconds(large.typical().seconds()), large.size()));
    }
    var lines = new ArrayList<>(table.lines());
    lines.add("");
    return lines;
  }

  private List<String> agreement() {
    var lines = new ArrayList<String>();
    if (agree()) {
      if (measurements.size() > 1) {
        lines.add(capital(NUMBERS[Math.min(measurements.size(), 4)]) + " answers agree:");
      }
      lines.addAll(measurements.getFirst().answer().lines());
    } else {
      lines.add("The answers DIFFER:");
      for (Measurement one : measurements) {
        lines.add(one.mode().title() + ": " + one.answer().lines().getFirst());
      }
    }
    return lines;
  }

  private static String capital(String number) {
    String all = number.equals("both") ? number : "all " + number;
    return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
  }
}
