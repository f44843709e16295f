package dev.telar.cli;

import dev.telar.cli.measure.LiveJvms;
import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.Progress;
import dev.telar.cli.measure.ReportLine;
import dev.telar.cli.measure.Runner;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Workload;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `telar measure WORKLOAD`, hidden: the inside of a measuring JVM. It understands all options of
/// `compare`, so that they are passed on as they were typed.
///
/// The real standard output carries the report, see [ReportLine]; `System.out` is standard error.
final class MeasureCommand implements Callable<Integer> {

  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Workload workload;

  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--mode", required = true)
  private Mode mode = Mode.SEQUENTIAL;

  @Option(names = "--launched", required = true)
  private Instant launched = Instant.EPOCH;

  @Option(names = "--json", description = "Of compare; not used here.")
  @SuppressWarnings("UnusedVariable")
  private boolean json;

  @Option(names = "--on", split = ",", description = "Of compare; not used here.")
  @SuppressWarnings("UnusedVariable")
  private List<Mode> modes = new ArrayList<>();

  MeasureCommand(Workload workload) {
    this.workload = workload;
  }

  @Override
  public Integer call() {
    var report =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    endWithStandardInput();
    try {
      Runner runner =
          new Runner(mode, options.n(workload), options.repeat(workload), progress(report));
      Measurement measurement = runner.measure(workload, launched);
      ReportLine.print(report, measurement.toJson());
      return 0;
    } catch (Exception e) {
      // An end from outside breaks off whatever runs; that is not a result.
      if (LiveJvms.isShuttingDown()) {
        return Failure.INTERRUPTED;
      }
      Failure failure = Failure.of(e);
      String kind = failure.cause() instanceof InputException ? "input" : "failure";
      ReportLine.print(report, Map.of(kind, failure.message()));
      failure.traceIfAsked();
      return failure.exitCode();
    }
  }

  private static Progress progress(PrintStream report) {
    long[] last = {System.nanoTime()};
    return (done, total) -> {
      long now = System.nanoTime();
      if (now - last[0] >= PROGRESS_NANOS || done == 0 || done == total) {
        last[0] = now;
        ReportLine.print(report, Map.of("done", done, "total", total));
      }
    };
  }

  /// The JVM that started this one holds the other end of standard input: when that ends, however
  /// it ends, so does this one.
  private static void endWithStandardInput() {
    Thread.ofPlatform()
        .daemon()
        .name("end with standard input")
        .start(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is said here
                }
              } catch (IOException e) {
                // as good as the end
              }
              Runtime.getRuntime().exit(Failure.INTERRUPTED);
            });
  }
}
