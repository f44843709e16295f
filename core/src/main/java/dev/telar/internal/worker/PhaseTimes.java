package dev.telar.internal.worker;

import dev.telar.internal.wire.StatusPage;

/// Where the time of one job goes: reading its arguments, running, writing its result.
///
/// Asking for the time costs more than some items take, so of a chunk one item in [#SAMPLED] is
/// measured, and the whole divided in the same proportions.
final class PhaseTimes {

  private static final int SAMPLED = 64;

  private long decoding;
  private long computing;
  private long encoding;
  private long mark;

  static boolean isSampled(int item) {
    return item % SAMPLED == 0;
  }

  void begin() {
    mark = System.nanoTime();
  }

  void decoded() {
    decoding += lap();
  }

  void computed() {
    computing += lap();
  }

  void encoded() {
    encoding += lap();
  }

  private long lap() {
    long now = System.nanoTime();
    long nanos = now - mark;
    mark = now;
    return nanos;
  }

  /// Enters a job that has ended.
  ///
  /// @param nanos how long it took
  /// @param tasks how many tasks it was
  void enter(StatusPage page, long nanos, int tasks) {
    double measured = Math.max(1.0, (double) decoding + computing + encoding);
    // A task that threw was computing; its time was not taken.
    double whole = tasks == 1 ? Math.max((double) nanos, measured) : measured;
    long read = (long) ((double) nanos * (decoding / whole));
    long wrote = (long) ((double) nanos * (encoding / whole));
    page.addTimes(read, Math.max(0, nanos - read - wrote), wrote, tasks);
  }
}
