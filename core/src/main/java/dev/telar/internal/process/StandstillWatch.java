package dev.telar.internal.process;

import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Finds out that a worker was stopped (SIGSTOP) before it could start what it was sent. No limit
/// would end that: limits count from the start of a task. The worker is replaced, and what it was
/// sent goes elsewhere. A task that *runs* in a worker that is stopped is its limit's business.
///
/// Looks some time after something was sent or has ended, not all the time.
final class StandstillWatch {

  private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final WorkerProcess worker;
  private final SentJobs jobs;
  private final Consumer<String> leave;
  private final AtomicBoolean armed = new AtomicBoolean();

  /// Watches one worker.
  ///
  /// @param leave replaces it, for a reason, and takes back what waits in it
  StandstillWatch(WorkerProcess worker, SentJobs jobs, Consumer<String> leave) {
    this.worker = worker;
    this.jobs = jobs;
    this.leave = leave;
  }

  /// Something was sent, or has ended, so that something else may start.
  void arm() {
    if (!armed.getPlain() && armed.compareAndSet(false, true)) {
      var _ = Deadlines.after(DELAY_NANOS, this::look);
    }
  }

  private void look() {
    armed.set(false);
    if (!jobs.allWait()) {
      return; // the end of what runs arms this again
    }
    if (worker.isStopped()) {
      String reason = "it was stopped (SIGSTOP) before it had started what it was sent";
      try {
        Callbacks.runUntrusted(() -> leave.accept(reason));
      } catch (OutOfMemoryError e) { // no thread to be had now
        arm();
      }
    } else {
      arm();
    }
  }
}
