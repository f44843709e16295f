package dev.telar.cli.compute;

import dev.telar.cli.work.Job;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Workload;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Waiting, and nothing else.
public final class Sleep implements Workload {

  private static final int MOST = 1_000_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private int steps = 40;
  private int millis = 50;

  /// For the registry and for tests.
  public Sleep() {}

  @Parameters(
      arity = "0..1",
      paramLabel = "STEPS",
      description = "How many times to sleep (default: 40).")
  void steps(int value) {
    steps = Numbers.inRange(spec, "STEPS", value, 1, MOST);
  }

  @Option(
      names = "--millis",
      paramLabel = "MILLIS",
      description = "How long each time (default: 50).")
  void millis(int value) {
    millis = Numbers.inRange(spec, "--millis", value, 0, MOST);
  }

  @Override
  public String name() {
    return "sleep";
  }

  @Override
  public String summary() {
    return "Waits, and nothing else.";
  }

  @Override
  public Mode usual() {
    return Mode.VIRTUAL;
  }

  @Override
  public Job<?, ?> job(int parallelism) {
    int pause = millis;
    return new Steps(
        steps + " times " + pause + " ms of sleep",
        steps,
        _ -> {
          Thread.sleep(pause);
          return (long) pause;
        });
  }

  @Override
  public String lesson() {
    return "A thread that sleeps needs no processor, so as many can sleep at once as there are"
        + " threads: platform threads and processes take turns in groups of N, virtual threads all"
        + " sleep together.";
  }
}
