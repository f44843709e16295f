package dev.telar.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How a workload is to be run; the same for the comparison and for the JVMs that measure.
final class RunOptions {

  // More are surely a slip, and as many processes would take the machine down.
  private static final int MOST = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private int n = Runtime.getRuntime().availableProcessors();
  private int repeat = 3;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "Threads or processes (default: the processors of this machine).")
  void n(int value) {
    n = inRange("-n", value);
  }

  @Option(
      names = "--repeat",
      paramLabel = "R",
      description = "Warm runs of each mode behind the cold one (default: 3).")
  void repeat(int value) {
    repeat = inRange("--repeat", value);
  }

  int n() {
    return n;
  }

  int repeat() {
    return repeat;
  }

  private int inRange(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new ParameterException(
          spec.commandLine(), option + " must be between 1 and " + MOST + ", not " + value);
    }
    return value;
  }
}
