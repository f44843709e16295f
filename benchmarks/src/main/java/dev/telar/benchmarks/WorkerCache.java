package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// The workers' AOT cache. The first pools after a build make it in the background, which takes a
/// processor for a second: not while something is measured.
final class WorkerCache {

  /// After so long without one, and nobody at work on it, there will be none.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final long BETWEEN_LOOKS_MILLIS = 200;

  /// The thread of a pool that makes the cache.
  private static final String MAKER = "telar-aot";

  private WorkerCache() {}

  /// Holds a pool until there is a cache, or will be none: in JVMs like those of the rows, since
  /// their options decide which cache fits.
  ///
  /// @param rows that will be measured
  /// @return whether the workers of all of them have one
  static boolean settle(List<Row> rows) throws IOException, InterruptedException {
    boolean all = true;
    for (boolean nativeAccess : rows.stream().map(Row::nativeAccess).distinct().toList()) {
      all &= settle(nativeAccess);
    }
    return all;
  }

  private static boolean settle(boolean nativeAccess) throws IOException, InterruptedException {
    List<String> command = Jvm.ofRow(nativeAccess, WorkerCache.class);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return Boolean.parseBoolean(out.readLine()) && process.waitFor() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  /// Waits for the cache and prints whether there is one.
  ///
  /// @param args none
  /// @throws Exception if pools do not work
  public static void main(String[] args) throws Exception {
    try (ProcessPool maker = Pool.processes(1)) {
      Check.same(1, maker.submit(() -> 1).get());
      System.out.println(awaited());
    }
  }

  private static boolean awaited() throws ExecutionException, InterruptedException {
    long begin = System.nanoTime();
    long lastMade = begin;
    while (true) {
      if (isUsed()) {
        return true;
      }
      long now = System.nanoTime();
      lastMade = isBeingMade() ? now : lastMade;
      if (now - lastMade > PATIENCE.toNanos() || now - begin > MOST.toNanos()) {
        return false;
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  /// Whether a worker that starts now has a cache.
  private static boolean isUsed() throws ExecutionException, InterruptedException {
    try (ProcessPool pool = Pool.processes(1)) {
      return pool.submit(
              () ->
                  ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                      .anyMatch(option -> option.startsWith("-XX:AOTCache=")))
          .get();
    }
  }

  private static boolean isBeingMade() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(MAKER));
  }
}
