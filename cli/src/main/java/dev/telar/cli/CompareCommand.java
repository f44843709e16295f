package dev.telar.cli;

import dev.telar.cli.measure.MachineLoad;
import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.MeasuringException;
import dev.telar.cli.measure.MeasuringJvm;
import dev.telar.cli.report.Comparison;
import dev.telar.cli.report.ComparisonJson;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Support;
import dev.telar.cli.work.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `telar compare WORKLOAD`: runs a workload in every mode, each in a fresh JVM, and tells what
/// each takes.
final class CompareCommand implements Callable<Integer> {

  private final Workload workload;
  private final List<String> arguments;

  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(
      names = "--on",
      split = ",",
      paramLabel = "MODE",
      description = "Only these of: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Mode> modes = new ArrayList<>();

  /// Makes the command.
  ///
  /// @param workload what it runs
  /// @param arguments what was typed behind the name of the workload
  CompareCommand(Workload workload, List<String> arguments) {
    this.workload = workload;
    this.arguments = arguments;
  }

  @Override
  public Integer call() throws IOException, MeasuringException, InterruptedException {
    try (Support support = workload.support()) {
      return compare(support);
    }
  }

  private int compare(Support support)
      throws IOException, MeasuringException, InterruptedException {
    int n = options.n(workload);
    Lanes lanes = workload.lanes(n);
    int processors = Runtime.getRuntime().availableProcessors();
    String input = workload.job(Math.max(lanes.most(), processors)).input();
    if (!json) {
      Output.print(
          workload.name() + " in " + input + "\n" + plan(lanes) + "\n" + busy(processors) + "\n");
    }
    Comparison comparison =
        new Comparison(
            workload.name(),
            input,
            n,
            options.repeat(workload),
            measure(support),
            workload.lesson());
    Output.print(
        json
            ? ComparisonJson.write(comparison) + "\n"
            : String.join("\n", comparison.lines()) + "\n");
    if (!comparison.agree()) {
      throw new IllegalStateException("the answers differ: " + workload.whyAnswersDiffer());
    }
    return Failure.list(comparison.measurements().getFirst().answer().failures());
  }

  private static String busy(int processors) {
    String warning = MachineLoad.warning(processors);
    return warning.isEmpty() ? "" : warning + "\n";
  }

  private String plan(Lanes lanes) {
    return "Each mode has a JVM of its own, %s, one cold run and %d warm."
        .formatted(lanes.describe(), options.repeat(workload));
  }

  private List<Measurement> measure(Support support)
      throws InputException, MeasuringException, InterruptedException {
    var measurements = new ArrayList<Measurement>();
    // In the order of the table, each once, however they were typed.
    Set<Mode> chosen = modes.isEmpty() ? EnumSet.allOf(Mode.class) : EnumSet.copyOf(modes);
    var forwarded = new ArrayList<String>();
    forwarded.add(workload.name());
    forwarded.addAll(support.arguments());
    forwarded.addAll(arguments);
    List<Path> classPath = workload.classPath();
    for (Mode mode : chosen) {
      try (ProgressLine progress = ProgressLine.open(mode.title())) {
        measurements.add(new MeasuringJvm(Main.class, mode, classPath, forwarded, progress).run());
      }
    }
    return measurements;
  }
}
