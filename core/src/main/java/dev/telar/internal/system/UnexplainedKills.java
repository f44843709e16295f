package dev.telar.internal.system;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Tells of processes that died of SIGKILL whether the kernel did it for want of memory: each of
/// the kernel's kills explains one death. What it killed long before a death explains nothing.
/// Thread-safe.
public final class UnexplainedKills {

  /// Those of this machine.
  public static final UnexplainedKills HERE =
      new UnexplainedKills(KernelKills.HERE::count, System::nanoTime);

  /// Several that are killed at one time are looked at one after the other.
  private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier kernelKills;
  private final LongSupplier clock;
  private long explained;
  private long seen;
  private long seenNanos;

  UnexplainedKills(LongSupplier kernelKills, LongSupplier clock) {
    this.kernelKills = kernelKills;
    this.clock = clock;
    this.seen = kernelKills.getAsLong();
    this.explained = seen;
    this.seenNanos = clock.getAsLong();
  }

  /// A process has been started: what was killed before that was another one.
  public synchronized void look() {
    long now = clock.getAsLong();
    if (now - seenNanos > TOGETHER_NANOS) {
      explained = seen; // whoever was killed then has been looked at, or was not ours
    }
    long count = kernelKills.getAsLong();
    if (count > seen) {
      seen = count;
      seenNanos = now;
    }
  }

  /// A process has died of SIGKILL by nobody that we know.
  ///
  /// @return whether the kernel is the likely one
  public synchronized boolean wasTheKernel() {
    look();
    boolean kernel = seen > explained;
    if (kernel) {
      explained++;
    }
    return kernel;
  }
}
