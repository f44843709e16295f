package dev.telar.internal.process;

import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.wire.StatusPage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Finds out which jobs a worker has started, for those who want to be told: the worker says so on
/// its page only. Looks some time after something was sent or has ended, not all the time.
final class StartWatch {

  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final SentJobs jobs;
  private final StatusPage page;
  private final AtomicBoolean armed = new AtomicBoolean();

  StartWatch(SentJobs jobs, StatusPage page) {
    this.jobs = jobs;
    this.page = page;
  }

  /// A job was sent, or has ended, so that another one may start.
  void arm() {
    if (!armed.getPlain() && armed.compareAndSet(false, true)) {
      var _ = Deadlines.after(DELAY_NANOS, this::look);
    }
  }

  private void look() {
    armed.set(false);
    boolean running = false;
    boolean waiting = false;
    for (SentJobs.Sent sent : jobs.all()) {
      int attempt = sent.job().attempt(); // before: its worker may die meanwhile
      long started = page.startedNanos(sent.entry(), sent.number());
      if (started != 0) {
        running = true;
        sent.job().tellStarted(started, attempt);
      } else {
        waiting = true;
      }
    }
    if (waiting && !running) { // else the end of what runs arms this again
      arm();
    }
  }
}
