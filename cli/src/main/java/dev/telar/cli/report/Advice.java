package dev.telar.cli.report;

import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.Run;
import dev.telar.cli.work.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Says in a sentence or two which mode to use and why. Differences of less than a tenth are taken
/// for noise, and then the simpler mode wins: the loop before threads, threads before processes.
final class Advice {

  private static final double NOISE = 1.1;
  // A machine that is busy with other things takes some of the time, and that is no waiting.
  private static final double MOSTLY = 0.85;
  private static final double SMALL_SECONDS = 0.05;
  private static final double SHORT_SECONDS = 0.1;
  private static final double STEADY = 1.6;
  // So much waiting more than the loop, for as much work, is threads waiting for one another.
  private static final double MUCH_WAITING = 0.3;
  private static final String CONTAINMENT =
      "take them when a task may hang, crash or eat memory, for only a process can be killed.";

  private final Comparison comparison;

  Advice(Comparison comparison) {
    this.comparison = comparison;
  }

  List<String> sentences() {
    var sentences = new ArrayList<String>();
    if (comparison.measurements().size() < 2 || !comparison.agree()) {
      return sentences;
    }
    Optional<Measurement> loop = comparison.of(Mode.SEQUENTIAL);
    Optional<Measurement> threads = threads();
    Optional<Measurement> processes = comparison.of(Mode.PROCESSES);
    double fastest =
        comparison.measurements().stream().mapToDouble(Advice::warm).min().orElseThrow();
    boolean small = loop.isPresent() && warm(loop.get()) < SMALL_SECONDS;
    if (!small) {
      doubt().ifPresent(sentences::add);
    }
    if (small) {
      sentences.add(
          "Use a plain loop: it takes "
              + Figures.seconds(warm(loop.orElseThrow()))
              + ", too little to be worth sharing out.");
    } else if (loop.isPresent() && warm(loop.get()) <= fastest * NOISE) {
      sentences.add(
          "Use a plain loop: this work gains nothing from more threads or processes"
              + (comparison.n() == 1 ? " with -n 1." : "."));
      processes.ifPresent(it -> sentences.add("Processes are for containment: " + CONTAINMENT));
    } else if (threads.isPresent() && warm(threads.get()) <= fastest * NOISE) {
      sentences.add(useThreads(threads.get()));
      processes.ifPresent(it -> sentences.add(priceOf(it, threads.get())));
    } else if (processes.isPresent()) {
      sentences.add(useProcesses(processes.get(), threads));
    }
    return sentences;
  }

  /// Why what follows is not to be relied upon: too short, too few or too different runs.
  private Optional<String> doubt() {
    double shortest =
        comparison.measurements().stream().mapToDouble(Advice::warm).min().orElseThrow();
    int runs = comparison.measurements().stream().mapToInt(it -> it.warm().size()).min().orElse(0);
    if (shortest < SHORT_SECONDS || runs < 2) {
      return Optional.of(
          "This is little to go by ("
              + (runs < 2 ? "one warm run" : "runs of " + Figures.seconds(shortest))
              + "): give it more work, or more runs, before you decide.");
    }
    return comparison.measurements().stream().anyMatch(Advice::varies)
        ? Optional.of(
            "The runs differ much from each other, so something else kept the machine busy:"
                + " measure again before you decide.")
        : Optional.empty();
  }

  private static boolean varies(Measurement measurement) {
    var seconds = measurement.warm().stream().mapToDouble(Run::seconds).summaryStatistics();
    return seconds.getMax() > STEADY * seconds.getMin();
  }

  private static double warm(Measurement measurement) {
    return measurement.typical().seconds();
  }

  /// The better kind of threads; platform threads unless the virtual ones are clearly faster.
  private Optional<Measurement> threads() {
    return Stream.of(Mode.THREADS, Mode.VIRTUAL)
        .flatMap(mode -> comparison.of(mode).stream())
        .min(Comparator.comparingDouble(it -> warm(it) * (it.mode() == Mode.THREADS ? 1 : NOISE)));
  }

  private String useThreads(Measurement threads) {
    String speed =
        comparison
            .speedUp(threads)
            .map(factor -> Figures.times(factor) + " as fast as the plain loop; ")
            .orElse("");
    String why =
        !waits(threads)
            ? "Java's threads use all cores, and see each other's objects without copying."
            : threads.mode() == Mode.VIRTUAL
                ? "the work mostly waits, and a virtual thread that waits costs next to nothing."
                : "the work mostly waits, and threads wait at the same time.";
    return "Use " + threads.mode().title() + ": " + speed + why;
  }

  /// By the loop, if it ran: with many threads, a run that waits can be too short to tell.
  private boolean waits(Measurement threads) {
    Measurement one = comparison.of(Mode.SEQUENTIAL).orElse(threads);
    return one.typical().waiting(one.lanes()).orElse(0) > MOSTLY;
  }

  private static String priceOf(Measurement processes, Measurement threads) {
    double ratio = warm(processes) / warm(threads);
    String time =
        ratio <= NOISE
            ? "Processes were as fast"
            : "Processes took " + Figures.times(ratio) + " the time";
    String start =
        processes.startUpSeconds() > threads.startUpSeconds()
            ? ", started "
                + Figures.seconds(processes.startUpSeconds() - threads.startUpSeconds())
                + " later"
            : "";
    String memory =
        processes.peakBytes() > 0 && threads.peakBytes() > 0
            ? " and held "
                + Figures.times((double) processes.peakBytes() / threads.peakBytes())
                + " the memory"
            : "";
    return time + start + memory + ": " + CONTAINMENT;
  }

  private String useProcesses(Measurement processes, Optional<Measurement> threads) {
    String ratio =
        threads
            .map(it -> Figures.times(warm(it) / warm(processes)) + " as fast as threads here; ")
            .orElse("");
    String why =
        threads.filter(this::threadsWait).isPresent()
            ? "the threads wait for one another (a lock, or the garbage collector of one heap); "
            : "";
    return "Use processes: "
        + ratio
        + why
        + "what they cost is a start-up of "
        + Figures.seconds(processes.startUpSeconds())
        + " and "
        + Figures.memory(processes.peakBytes())
        + ".";
  }

  /// Whether threads wait much more than the loop does, which only they themselves can make them.
  private boolean threadsWait(Measurement threads) {
    double loop =
        comparison
            .of(Mode.SEQUENTIAL)
            .flatMap(one -> boxed(one.typical().waiting(one.lanes())))
            .orElse(0.0);
    return threads.typical().waiting(threads.lanes()).orElse(0) > loop + MUCH_WAITING;
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
