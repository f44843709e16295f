package dev.telar.internal.scheduling;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The clock of all pools of this JVM: one daemon thread, which never runs user code.
public final class Deadlines {

  private static final ScheduledThreadPoolExecutor TIMER = timer();
  private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(1);

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

  /// Watches the time limits of a job, if it has any. They count from the start of the job, or of
  /// its current item, or from its last progress, which only the slot knows: each time the alarm
  /// rings the slot is asked how long that is ago, and the alarm set again for what is left.
  public static void watch(Job job, Slot slot) {
    Duration time = job.options().timeout();
    Duration progress = job.options().progressTimeout();
    if (time != null || progress != null) {
      new Watch(job, slot, time, progress).rearm();
    }
  }

  /// The limits of one job in one slot. The items of a chunk have them one after the other: one
  /// that ends by itself just when it is to be stopped leaves the chunk to the next.
  private static final class Watch {
    private final Job job;
    private final Slot slot;
    private final @Nullable Duration time;
    private final @Nullable Duration progress;
    private final long timeNanos;
    private final long progressNanos;
    private long warned; // what the clock of the limit that the slot was warned of starts from

    Watch(Job job, Slot slot, @Nullable Duration time, @Nullable Duration progress) {
      this.job = job;
      this.slot = slot;
      this.time = time;
      this.progress = progress;
      this.timeNanos = time == null ? Long.MAX_VALUE : saturatedNanos(time);
      this.progressNanos = progress == null ? Long.MAX_VALUE : saturatedNanos(progress);
    }

    void rearm() {
      rearm(Math.min(timeNanos, progressNanos));
    }

    private void rearm(long left) {
      long warning = Math.min(slot.warningNanos(), left / 2);
      job.alarm(after(left - warning, this::check));
    }

    private void check() {
      if (job.ended() || !job.takenBy(slot)) {
        return;
      }
      int item = slot.item(job);
      long started = slot.startedNanos(job);
      if (started == 0 || slot.item(job) != item) {
        rearm();
        return;
      }
      if (slot.hasReturned(job)) {
        rearm(RETURN_NANOS);
        return;
      }
      if (job.timedOut()) {
        if (job.isLate(item)) {
          rearm(); // the slot is about to stop it
          return;
        }
        job.forgive();
      }
      long now = System.nanoTime();
      long reported = slot.reportedNanos(job);
      long progressed = reported != 0 && reported - started > 0 ? reported : started;
      long timeLeft = timeNanos - (now - started);
      long progressLeft = progressNanos - (now - progressed);
      if (timeLeft <= 0 && time != null) {
        expired(Expiry.ofTime(time, item));
      } else if (progressLeft <= 0 && progress != null) {
        expired(Expiry.ofProgress(progress, item));
      } else {
        later(Math.min(timeLeft, progressLeft), timeLeft < progressLeft ? started : progressed);
      }
    }

    private void expired(Expiry expiry) {
      job.expire(expiry);
      if (slot.timeOut(job)) {
        rearm();
      }
    }

    /// The limit is near or far: if the slot wants to be warned and was not, it is now.
    private void later(long left, long from) {
      if (left > slot.warningNanos()) {
        rearm(left);
        return;
      }
      if (warned != from) {
        warned = from;
        slot.warn(job);
      }
      job.alarm(after(left, this::check));
    }
  }

  /// A duration in nanoseconds, at most [Long#MAX_VALUE].
  public static long saturatedNanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }
}
