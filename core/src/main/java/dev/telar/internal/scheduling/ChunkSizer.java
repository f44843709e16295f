package dev.telar.internal.scheduling;

/// How many items to send at once.
///
/// Small first, while nothing is known; then as many as take [#TARGET_NANOS] by the measured time
/// of the items, growing at most [#GROWTH]-fold beyond what was measured; and small again towards
/// the end, so that no worker is left with a long tail while others idle: never more than a fair
/// share of half of what remains (guided self-scheduling: Polychronopoulos and Kuck, 1987).
///
/// Not thread-safe: guarded by its flow's lock.
final class ChunkSizer {

  private static final long TARGET_NANOS = 4_000_000;
  private static final long LEAST_NANOS = 100_000;
  private static final int GROWTH = 16;
  private static final int LARGEST = 1 << 16;

  private final int fixed;
  private final int slots;
  private int measured;
  private double nanosPerItem;

  /// A sizer.
  ///
  /// @param fixed the size that the user asked for, or 0
  /// @param slots how many chunks run at once
  ChunkSizer(int fixed, int slots) {
    this.fixed = fixed;
    this.slots = slots;
  }

  /// A chunk has been run.
  void record(int items, long nanos) {
    if (items == 0) {
      return;
    }
    double sample = Math.max(1.0, (double) nanos / items);
    nanosPerItem = measured == 0 ? sample : 0.5 * nanosPerItem + 0.5 * sample;
    measured = Math.max(measured, items);
  }

  /// The size of a full chunk, whatever remains.
  int full() {
    if (fixed > 0) {
      return fixed;
    }
    if (measured == 0) {
      return 1;
    }
    long affordable = (long) (TARGET_NANOS / nanosPerItem);
    return (int) Math.clamp(affordable, 1, Math.min(LARGEST, (long) measured * GROWTH));
  }

  /// The size of the next chunk.
  ///
  /// @param remaining how many items are left in all, or −1 if that is not known
  int next(long remaining) {
    int full = full();
    if (fixed > 0 || remaining < 0 || measured == 0) {
      return full;
    }
    long fairShare = remaining / (2L * slots);
    long least = (long) (LEAST_NANOS / nanosPerItem);
    return Math.clamp(Math.max(fairShare, least), 1, full);
  }

  /// How long so many items will take.
  long estimate(int items) {
    return measured == 0 ? 1_000_000 : (long) (items * nanosPerItem);
  }
}
