package dev.telar.cli;

import dev.telar.cli.soak.ParentSoak;
import dev.telar.cli.soak.Soak;
import dev.telar.cli.soak.SoakSettings;
import dev.telar.cli.soak.Verdict;
import dev.telar.cli.work.InputException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `telar soak`: a pool under load whose workers are killed and stopped at random; exit code 1 if
/// anything was lost, done twice, wrong, stuck, or left behind.
@Command(
    name = "soak",
    description =
        "Kills and stops workers of a loaded pool at random, and checks that nothing is lost, done"
            + " twice, stuck or left behind.")
final class SoakCommand implements Callable<Integer> {

  private static final double MOST_MINUTES = 7 * 24 * 60.0;
  private static final int MOST_WORKERS = 64;
  private static final int MOST_MILLIS = 60_000;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long, such as 30 or 0.5 (default: ${DEFAULT-VALUE}).")
  private double minutes = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the load and the strikes (default: another one each time).")
  private @Nullable Long seed;

  @Option(
      names = {"-n", "--workers"},
      paramLabel = "N",
      description = "Worker processes (default: ${DEFAULT-VALUE}).")
  private int workers = 8;

  @Option(
      names = "--every",
      paramLabel = "MS",
      description = "Milliseconds between two strikes, on average (default: ${DEFAULT-VALUE}).")
  private int millis = 90;

  @Option(
      names = "--parent",
      description = "Kill programs that have a pool, instead of the workers of one.")
  private boolean parent;

  @Override
  public Integer call() throws IOException, InterruptedException, InputException {
    SoakSettings settings = settings();
    return parent ? killParents(settings) : killWorkers(settings);
  }

  private int killWorkers(SoakSettings settings) throws IOException, InterruptedException {
    Output.print(
        String.format(
            Locale.ROOT,
            "seed %d, %d workers, a strike every %d ms on average, %s min%n",
            settings.seed(),
            workers,
            millis,
            minutes));
    Verdict verdict = new Soak(settings, System.err::println).run();
    Output.print(verdict.text());
    return verdict.passed() ? 0 : 1;
  }

  private int killParents(SoakSettings settings) throws IOException, InterruptedException {
    Output.print(
        String.format(
            Locale.ROOT, "seed %d, programs are killed for %s min%n", settings.seed(), minutes));
    var soak = new ParentSoak(settings, System.err::println);
    boolean passed = soak.run();
    Output.print(soak.text());
    return passed ? 0 : 1;
  }

  private SoakSettings settings() throws InputException {
    if (!(minutes > 0) || minutes > MOST_MINUTES) {
      throw new InputException("--minutes must be more than 0 and at most a week, not " + minutes);
    }
    return new SoakSettings(
        Duration.ofMillis((long) (minutes * 60_000)),
        seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000),
        between(1, workers, MOST_WORKERS, "--workers"),
        Duration.ofMillis(between(1, millis, MOST_MILLIS, "--every")));
  }

  private static int between(int least, int value, int most, String option) throws InputException {
    if (value < least || value > most) {
      throw new InputException(
          "%s must be from %d to %d, not %d".formatted(option, least, most, value));
    }
    return value;
  }
}
