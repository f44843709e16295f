package dev.telar.cli;

import dev.telar.cli.work.Workload;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How a workload is to be compared; the same for the comparison and for the JVMs that measure.
final class RunOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private OptionalInt n = OptionalInt.empty();
  private OptionalInt repeat = OptionalInt.empty();

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "Threads or processes (default: the processors of this machine; for fetch 32 threads).")
  void n(int value) {
    n = OptionalInt.of(inRange(spec, "-n", value));
  }

  @Option(
      names = "--repeat",
      paramLabel = "R",
      description = "Warm runs of each mode behind the cold one (default: 3; for fetch 1).")
  void repeat(int value) {
    repeat = OptionalInt.of(inRange(spec, "--repeat", value));
  }

  int n(Workload workload) {
    return n.orElseGet(workload::defaultN);
  }

  int repeat(Workload workload) {
    return repeat.orElseGet(workload::defaultRepeat);
  }

  /// Refuses what is surely a slip: as many processes would take the machine down.
  static int inRange(CommandSpec spec, String option, int value) {
    int most = 1000;
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " must be between 1 and " + most + ", not " + value);
    }
    return value;
  }
}
