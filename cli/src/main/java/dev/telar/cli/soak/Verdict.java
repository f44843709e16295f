package dev.telar.cli.soak;

import dev.telar.cli.soak.Attempt.End;
import dev.telar.cli.soak.Violations.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What came of a soak.
///
/// @param elapsed from the first task to the end of the last worker
/// @param kills workers that were sent SIGKILL
/// @param stops workers that were sent SIGSTOP
/// @param tally what came of the tasks
/// @param footprints of this JVM, over time
/// @param violations what should not have happened
public record Verdict(
    Duration elapsed,
    long kills,
    long stops,
    Tally tally,
    List<Footprint> footprints,
    Violations violations) {

  private static final long MIB = 1 << 20;
  private static final long HEAP_GROWTH = 8 * MIB;
  private static final long RESIDENT_GROWTH = 96 * MIB;

  /// Until then a JVM grows by itself: classes, compiled code, pools of threads and buffers.
  private static final int WARM_UP_SHARE = 3;

  /// Whether all held.
  ///
  /// @return true if there is no violation, and some work was done in spite of some strikes
  public boolean passed() {
    return violations.none() && tally.count(End.RESULT) > 0 && kills + stops > 0;
  }

  /// One line of how it goes.
  static String line(long nanos, Striker striker, Tally tally, Footprint footprint) {
    return text(
        "%5d s  %7d struck  %8d tasks  heap %4d MiB  resident %5d MiB",
        nanos / 1_000_000_000,
        striker.kills() + striker.stops(),
        tally.tasks(),
        footprint.heap() / MIB,
        footprint.resident() / MIB);
  }

  /// All of it, as text of some lines.
  ///
  /// @return the text
  public String text() {
    double seconds = elapsed.toMillis() / 1000.0;
    var text = new StringBuilder();
    add(text, "struck", "%d (%d killed, %d stopped)", kills + stops, kills, stops);
    add(
        text,
        "tasks",
        "%d: %d with their result, %d with their own error, %d whose worker died, %d timed out",
        tally.tasks(),
        tally.count(End.RESULT),
        tally.count(End.OWN_ERROR),
        tally.count(End.CRASHED),
        tally.count(End.TIMED_OUT));
    add(text, "begun", "%d times, retries included", tally.executions());
    add(text, "goodput", "%.0f results/s over %.1f s", tally.count(End.RESULT) / seconds, seconds);
    for (Kind kind : Kind.values()) {
      add(text, kind.name().toLowerCase(Locale.ROOT), "%d", violations.count(kind));
    }
    if (!footprints.isEmpty()) {
      Footprint first = footprints.getFirst();
      Footprint last = footprints.getLast();
      add(text, "heap", "%d MiB, then %d MiB", first.heap() / MIB, last.heap() / MIB);
      add(text, "resident", "%d MiB, then %d MiB", first.resident() / MIB, last.resident() / MIB);
    }
    violations.first().forEach(line -> text.append("! ").append(line).append('\n'));
    add(text, "verdict", "%s", passed() ? "passed" : "FAILED");
    return text.toString();
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library
  private static void add(StringBuilder text, String name, String format, Object... values) {
    text.append(text("%-11s", name)).append(text(format, values)).append('\n');
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// How much more this JVM holds in the end than it did when it was warm, if that is too much.
  static Optional<String> growth(List<Footprint> samples) {
    int warm = samples.size() / WARM_UP_SHARE;
    List<Footprint> early = samples.subList(warm, Math.min(samples.size(), warm + warm));
    List<Footprint> late = samples.subList(samples.size() - warm, samples.size());
    if (early.isEmpty() || late.isEmpty()) {
      return Optional.empty(); // too short to tell
    }
    long heap = median(late, Footprint::heap) - median(early, Footprint::heap);
    long resident = median(late, Footprint::resident) - median(early, Footprint::resident);
    return heap > HEAP_GROWTH || resident > RESIDENT_GROWTH
        ? Optional.of(
            text("the heap by %d MiB, resident memory by %d MiB", heap / MIB, resident / MIB))
        : Optional.empty();
  }

  private static long median(List<Footprint> samples, ToLongFunction<Footprint> what) {
    return samples.stream().mapToLong(what).sorted().toArray()[samples.size() / 2];
  }
}
