package dev.telar.cli;

import dev.telar.cli.measure.ConductedJvm;
import dev.telar.cli.measure.Execution;
import dev.telar.cli.measure.LiveJvms;
import dev.telar.cli.report.JobReport;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Support;
import dev.telar.cli.work.Total;
import dev.telar.cli.work.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `telar words`, `telar fetch` and so on: runs a job for its result, in one mode.
final class JobCommand implements Callable<Integer> {

  private static final Duration SETTLING = Duration.ofMillis(200);

  private final Workload workload;
  private final List<String> arguments;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--on",
      paramLabel = "MODE",
      description = "One of: ${COMPLETION-CANDIDATES} (default: the one that suits the job).")
  private @Nullable Mode mode;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--csv", description = "Print CSV: a line of names, then a line for each result.")
  private boolean csv;

  private OptionalInt n = OptionalInt.empty();

  /// Makes the command.
  ///
  /// @param workload what it runs
  /// @param arguments what was typed behind the name of the workload
  JobCommand(Workload workload, List<String> arguments) {
    this.workload = workload;
    this.arguments = arguments;
  }

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "Threads or processes (default: the processors of this machine; for fetch 32 threads).")
  void n(int value) {
    n = OptionalInt.of(RunOptions.inRange(spec, "-n", value));
  }

  @Override
  public Integer call() throws Exception {
    if (json && csv) {
      throw new ParameterException(spec.commandLine(), "--json and --csv exclude each other");
    }
    List<Path> classPath = workload.classPath();
    if (ConductedJvm.isThisOne()) {
      ConductedJvm.endWithParent(Failure.INTERRUPTED);
    } else if (!classPath.isEmpty()) {
      var all = new ArrayList<>(List.of(workload.name()));
      all.addAll(arguments);
      return ConductedJvm.run(Main.class, classPath, all);
    }
    // What a task prints is no part of the result, which Output writes.
    System.setOut(System.err);
    Mode chosen = mode == null ? workload.usual() : mode;
    Lanes lanes = workload.lanes(n.orElseGet(workload::defaultN));
    int processors = Runtime.getRuntime().availableProcessors();
    try (Support _ = workload.support()) {
      return run(workload.job(Math.max(lanes.most(), processors)), chosen, lanes);
    }
  }

  private <A, P> int run(Job<A, P> job, Mode chosen, Lanes lanes) throws Exception {
    Total<P> total;
    long start = System.nanoTime();
    try (ProgressLine progress = ProgressLine.open(workload.name())) {
      total = new Execution<>(job, chosen, lanes, progress).run();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    List<String> failures = total.answer().failures();
    // After Ctrl-C the workers go first, and their items have not failed by themselves.
    if (!failures.isEmpty() && LiveJvms.isShuttingDownWithin(SETTLING)) {
      Main.waitForTheEnd();
    }
    var report =
        new JobReport(
            workload.name(), job.input(), chosen, seconds, total.answer(), total.listing());
    Output.print(json ? report.json() : csv ? report.csv() : report.text());
    return Failure.list(failures);
  }
}
