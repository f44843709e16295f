package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What one does without a pool: a `ProcessBuilder` for each task, its result on standard output.
final class ProcessPerTask implements Contender {

  @Override
  public double first() throws IOException, InterruptedException {
    return round();
  }

  @Override
  public double round() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = Jvm.start(Task.class, "41");
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      Check.same(42, Integer.parseInt(out.readLine()));
    }
    process.waitFor();
    return System.nanoTime() - start;
  }

  @Override
  public void close() {}

  /// The task.
  static final class Task {
    private Task() {}

    /// Adds one.
    ///
    /// @param args to what
    public static void main(String[] args) {
      System.out.println(Integer.parseInt(args[0]) + 1);
    }
  }
}
