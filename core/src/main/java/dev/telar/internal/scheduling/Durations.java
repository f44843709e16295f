package dev.telar.internal.scheduling;

/// A moving average of how long the tasks of a pool run. Racy updates are fine: it only decides how
/// many tasks are sent ahead.
final class Durations {

  private static final long UNKNOWN = 1_000_000;

  private volatile long average = UNKNOWN;

  void record(long nanos) {
    long old = average;
    // Slow tasks count at once, quick ones little by little: sending too few ahead costs less than
    // queueing behind a long task.
    average = nanos > old ? nanos : old - ((old - nanos) >> 3);
  }

  long average() {
    return average;
  }
}
