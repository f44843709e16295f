package dev.telar.cli.compute;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Workload;
import picocli.CommandLine.Parameters;

/// Computing behind one static lock, as in a library that was never made for threads: what the GIL
/// does to Python, shown in Java.
public final class Serial implements Workload {

  private static final Object LOCK = new Object();
  private static final int MOST = 1_000_000;
  private static final int TURNS = 10_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "STEPS",
      description = "How many steps of some 20 ms to compute (default: 60).")
  private String typed = "60";

  /// For the registry and for tests.
  public Serial() {}

  @Override
  public String name() {
    return "serial";
  }

  @Override
  public String summary() {
    return "Computes behind one static lock: what the GIL does to Python.";
  }

  @Override
  public Mode usual() {
    return Mode.PROCESSES;
  }

  @Override
  public Job<?, ?> job(int parallelism) throws InputException {
    int steps = Numbers.inRange("STEPS", typed, 1, MOST);
    return new Steps(steps + " steps of computing behind one static lock", steps, Serial::compute);
  }

  /// Marsaglia's xorshift, because each turn needs the one before and no compiler can shorten it.
  private static long compute(int item) {
    synchronized (LOCK) {
      long x = item + 88172645463325252L;
      for (int i = 0; i < TURNS; i++) {
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
      }
      return x;
    }
  }

  @Override
  public String lesson() {
    return "All of this work is done behind one static lock. A JVM has that lock once, so its"
        + " threads take turns, however many there are and however many cores: that is what"
        + " the GIL does to every Python program that computes. Each process has a lock of"
        + " its own, so processes compute at the same time. Without such a lock Java's"
        + " threads need no processes for that: see 'telar compare primes'.";
  }
}
