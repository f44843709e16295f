package dev.telar.benchmarks;

import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// A method that JMH runs in a JVM of its own; it warms up and repeats by itself, so that a round
/// is the whole run.
final class Jmh implements Contender {

  private static final TimeValue EACH = TimeValue.milliseconds(200);
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final OptionsBuilder options = new OptionsBuilder();
  private final boolean allocation;

  private Jmh(int iterations, Class<?> type, String method, boolean allocation) {
    this.allocation = allocation;
    options
        .include(type.getName().replace(".", "\\.") + "\\." + method + "$")
        .forks(1)
        .warmupIterations(iterations)
        .warmupTime(EACH)
        .measurementIterations(iterations)
        .measurementTime(EACH)
        .jvmArgsAppend(
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  /// The time of one call.
  ///
  /// @param iterations how many warm up, and how many are measured
  static Contender time(int iterations, Class<?> type, String method) {
    return new Jmh(iterations, type, method, false);
  }

  /// The time of one call with a value.
  static Contender time(int iterations, Class<?> type, String method, String value) {
    var jmh = new Jmh(iterations, type, method, false);
    jmh.options.param("value", value);
    return jmh;
  }

  /// The bytes that one call allocates in its JVM, on all threads.
  static Contender allocation(int iterations, Class<?> type, String method) {
    var jmh = new Jmh(iterations, type, method, true);
    jmh.options.addProfiler(GCProfiler.class);
    return jmh;
  }

  @Override
  public double first() {
    return Double.NaN;
  }

  @Override
  public double round() throws RunnerException {
    RunResult result = new Runner(options.build()).runSingle();
    return allocation
        ? Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore()
        : result.getPrimaryResult().getScore();
  }

  @Override
  public void close() {}
}
