package dev.telar.cli.compute;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Workload;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Waiting, and nothing else.
public final class Sleep implements Workload {

  private static final int MOST = 1_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "STEPS",
      description = "How many times to sleep (default: 40).")
  private String typedSteps = "40";

  @Option(
      names = "--millis",
      paramLabel = "MILLIS",
      description = "How long each time (default: 50).")
  private String typedMillis = "50";

  /// For the registry and for tests.
  public Sleep() {}

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
  public Job<?, ?> job(int parallelism) throws InputException {
    int steps = Numbers.inRange("STEPS", typedSteps, 1, MOST);
    int pause = Numbers.inRange("--millis", typedMillis, 0, MOST);
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
