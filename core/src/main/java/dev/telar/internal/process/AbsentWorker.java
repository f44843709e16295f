package dev.telar.internal.process;

import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The place of a worker that was not needed so far, or has ended because it had nothing to do.
/// Woken by work, it starts one, which will ask for that work itself: at once if there is no other
/// worker, else only if work still waits after a time in which a JVM could not have started anyway.
final class AbsentWorker implements Slot {

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Scheduler scheduler;
  private final BooleanSupplier alone;
  private final BooleanSupplier needed;
  private final Runnable start;

  /// A place.
  ///
  /// @param alone whether there is no worker at all
  /// @param needed whether more work waits than the workers that are starting will take
  /// @param start starts one
  AbsentWorker(Scheduler scheduler, BooleanSupplier alone, BooleanSupplier needed, Runnable start) {
    this.scheduler = scheduler;
    this.alone = alone;
    this.needed = needed;
    this.start = start;
  }

  @Override
  public void wake() {
    if (alone.getAsBoolean()) {
      fill();
    } else {
      var _ = Deadlines.after(PATIENCE_NANOS, this::fillIfNeeded);
    }
  }

  private void fillIfNeeded() {
    if (alone.getAsBoolean() || needed.getAsBoolean()) {
      fill();
    } else {
      scheduler.failedToWake(this);
      scheduler.wakeOne(); // for what came in meanwhile
    }
  }

  private void fill() {
    scheduler.forget(this);
    start.run();
  }

  @Override
  public void cancel(Job job, boolean interrupt) {}

  @Override
  public boolean timeOut(Job job) {
    return false;
  }

  @Override
  public long startedNanos(Job job) {
    return 0;
  }
}
