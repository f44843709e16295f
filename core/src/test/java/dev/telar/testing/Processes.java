package dev.telar.testing;

/// Whether processes live.
public final class Processes {
  private Processes() {}

  /// Whether this one runs. A killed orphan is a zombie until process 1 reaps it, which some
  /// containers do after seconds, and some never: that is no process any more.
  public static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /// Whether there is such a process, and it runs.
  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(Processes::isAlive).isPresent();
  }
}
