package dev.telar.internal.scheduling;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The clock of all pools of this JVM: one daemon thread, which never runs user code.
public final class Deadlines {

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Deadlines() {}

  private static ScheduledThreadPoolExecutor timer() {
    var timer = new ScheduledThreadPoolExecutor(1, Daemons.named("telar-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /// Does something after a time.
  ///
  /// @param work short, not blocking, no user code
  public static Future<?> after(long nanos, Runnable work) {
    return TIMER.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }

  /// Watches the time limit of a job, if it has one. The limit counts from the start of the job, or
  /// of its current item, which only the slot knows: each time the alarm rings the slot is asked
  /// how long that is ago, and the alarm set again for what is left.
  public static void watch(Job job, Slot slot) {
    Duration limit = job.options().timeout();
    if (limit != null) {
      rearm(job, slot, saturatedNanos(limit), saturatedNanos(limit));
    }
  }

  private static void rearm(Job job, Slot slot, long limit, long delay) {
    job.alarm(after(delay, () -> check(job, slot, limit)));
  }

  private static void check(Job job, Slot slot, long limit) {
    if (job.ended() || job.timedOut() || !job.takenBy(slot)) {
      return;
    }
    long started = slot.startedNanos(job);
    long left = started == 0 ? limit : limit - (System.nanoTime() - started);
    if (left > 0) {
      rearm(job, slot, limit, left);
    } else {
      job.markTimedOut();
      slot.timeOut(job);
    }
  }

  /// A duration in nanoseconds, at most [Long#MAX_VALUE].
  public static long saturatedNanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }
}
