package dev.telar.internal.process;

import dev.telar.internal.codec.Output;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.wire.FrameType;
import org.jspecify.annotations.Nullable;

/// Stops jobs that run in one worker: an interrupt, a grace period, the end of the process.
final class Stopping {

  private final WorkerProcess worker;
  private final SentJobs jobs;
  private final long graceNanos;
  private volatile @Nullable String killReason;

  Stopping(WorkerProcess worker, SentJobs jobs, long graceNanos) {
    this.worker = worker;
    this.jobs = jobs;
    this.graceNanos = graceNanos;
  }

  /// Why the worker was killed, or null if nobody here did it.
  @Nullable String killReason() {
    return killReason;
  }

  void cancel(Sent sent) {
    stop(sent, sent.job().name() + ", which ran in it, was cancelled and did not end");
  }

  void timeOut(Job job) {
    Sent sent = jobs.find(job);
    if (sent != null) {
      stop(sent, job.name() + ", which ran in it, exceeded its time limit and did not end");
    }
  }

  void stopAll() {
    jobs.all().forEach(sent -> stop(sent, "the pool was stopped"));
  }

  /// Interrupts a running job, and kills the worker if it has not ended after the grace period.
  private void stop(Sent sent, String reason) {
    var message = new Output(8);
    message.writeLong(sent.number());
    worker.control().write(FrameType.INTERRUPT, message);
    var _ = Deadlines.after(graceNanos, () -> killIfRunning(sent, reason));
  }

  private void killIfRunning(Sent sent, String reason) {
    if (jobs.contains(sent)) {
      killReason = reason;
      Callbacks.runUntrusted(worker::kill);
    }
  }
}
