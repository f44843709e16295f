package dev.telar.cli;

import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.MeasuringException;
import dev.telar.cli.measure.MeasuringJvm;
import dev.telar.cli.measure.Mode;
import dev.telar.cli.report.Comparison;
import dev.telar.cli.report.ComparisonJson;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Workload;
import java.io.IOException;
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
    int processors = Runtime.getRuntime().availableProcessors();
    String input = workload.job(Math.max(options.n(), processors)).input();
    if (!json) {
      Output.print(workload.name() + " in " + input + "\n" + plan() + "\n\n");
    }
    Comparison comparison =
        new Comparison(workload.name(), input, options.n(), options.repeat(), measure());
    Output.print(
        json
            ? ComparisonJson.write(comparison) + "\n"
            : String.join("\n", comparison.lines()) + "\n");
    if (!comparison.agree()) {
      throw new IllegalStateException("the answers differ; this is a defect, please report it");
    }
    return 0;
  }

  private String plan() {
    return "Each mode has a JVM of its own, %d threads or processes, one cold run and %d warm."
        .formatted(options.n(), options.repeat());
  }

  private List<Measurement> measure()
      throws InputException, MeasuringException, InterruptedException {
    var measurements = new ArrayList<Measurement>();
    // In the order of the table, each once, however they were typed.
    Set<Mode> chosen = modes.isEmpty() ? EnumSet.allOf(Mode.class) : EnumSet.copyOf(modes);
    var forwarded = new ArrayList<String>();
    forwarded.add(workload.name());
    forwarded.addAll(arguments);
    for (Mode mode : chosen) {
      try (ProgressLine progress = ProgressLine.open(mode.title())) {
        measurements.add(new MeasuringJvm(Main.class, mode, forwarded, progress).run());
      }
    }
    return measurements;
  }
}
