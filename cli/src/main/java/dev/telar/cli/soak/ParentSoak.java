package dev.telar.cli.soak;

import dev.telar.Pool;
import dev.telar.cli.measure.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Programs with pools that are killed, one after the other, and what they leave.
///
/// Most are killed alone: then their workers notice, and everything is gone in two seconds. Some
/// are killed at one instant with all that they have started, so that nobody is left to notice:
/// then everything is gone when the next program of Telar's has swept.
public final class ParentSoak {

  private static final Duration GONE = Duration.ofSeconds(2);
  private static final Duration SWEPT = Duration.ofSeconds(10);
  private static final int LONGEST_LIFE_MILLIS = 700;
  private static final int ALONE_IN_TEN = 7;

  private final SoakSettings settings;
  private final Consumer<String> progress;
  private final Violations violations = new Violations();
  private final Map<Long, Leftovers> unswept = new HashMap<>();
  private int alone;
  private int together;
  private long slowestMillis;

  /// Prepares it.
  ///
  /// @param settings what it is told
  /// @param progress takes a line from time to time
  public ParentSoak(SoakSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /// Runs it.
  ///
  /// @return whether nothing was left
  /// @throws IOException if no program can be started or looked after
  /// @throws InterruptedException if this thread is interrupted
  public boolean run() throws IOException, InterruptedException {
    var random = new SplittableRandom(settings.seed());
    long end = System.nanoTime() + settings.length().toNanos();
    while (System.nanoTime() - end < 0) {
      kill(random);
      progress.accept("  killed " + (alone + together) + " programs");
    }
    sweep();
    return violations.none();
  }

  private void kill(SplittableRandom random) throws IOException, InterruptedException {
    var leftovers = new Leftovers(UUID.randomUUID().toString());
    var builder = new ProcessBuilder(JvmCommand.of(ParentMain.class, List.of(), "-Xmx64m"));
    builder.environment().put(Leftovers.VARIABLE, leftovers.mark());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process program = builder.start();
    try {
      awaitReady(program);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      if (random.nextInt(10) < ALONE_IN_TEN) {
        killAlone(program, leftovers);
      } else {
        killTogether(program, leftovers);
      }
    } finally {
      program.destroyForcibly();
    }
  }

  private static void awaitReady(Process program) throws IOException {
    var words =
        new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(words.readLine())) {
      throw new IOException("the program to be killed did not get ready");
    }
  }

  private void killAlone(Process program, Leftovers leftovers)
      throws IOException, InterruptedException {
    alone++;
    long start = System.nanoTime();
    program.destroyForcibly();
    List<String> left =
        Waiting.untilEmpty(
            GONE,
            () -> {
              List<String> all = new ArrayList<>(leftovers.processes());
              all.addAll(Leftovers.filesOf(program.pid()));
              return all;
            });
    slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
    left.forEach(thing -> violations.add(Violations.Kind.LEFT, thing));
  }

  /// What is forked between the look and the blow survives, as it may; the sweep finds it.
  private void killTogether(Process program, Leftovers leftovers)
      throws IOException, InterruptedException {
    together++;
    unswept.put(program.pid(), leftovers);
    String pids = leftovers.pids().stream().map(String::valueOf).collect(Collectors.joining(" "));
    new ProcessBuilder("sh", "-c", "kill -KILL " + pids)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    program.waitFor();
  }

  /// The next program of Telar's, here in this JVM.
  private void sweep() throws IOException, InterruptedException {
    try (Pool pool = Pool.processes(1)) {
      var _ = pool.submit(() -> 1).join();
    }
    List<String> left =
        Waiting.untilEmpty(
            SWEPT,
            () -> {
              List<String> all = new ArrayList<>();
              for (var each : unswept.entrySet()) {
                all.addAll(Leftovers.filesOf(each.getKey()));
                all.addAll(each.getValue().processes());
              }
              return all;
            });
    left.forEach(thing -> violations.add(Violations.Kind.LEFT, thing));
  }

  /// What came of it, as text of some lines.
  ///
  /// @return the text
  public String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "killed     %d programs: %d alone, %d with all they had started%n",
            alone + together,
            alone,
            together));
    text.append(String.format(Locale.ROOT, "slowest    all gone after %d ms%n", slowestMillis));
    violations.first().forEach(line -> text.append("! ").append(line).append('\n'));
    text.append("verdict    ").append(violations.none() ? "passed" : "FAILED").append('\n');
    return text.toString();
  }
}
