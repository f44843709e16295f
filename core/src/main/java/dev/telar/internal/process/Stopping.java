package dev.telar.internal.process;

import dev.telar.CrashCause;
import dev.telar.internal.codec.Output;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.wire.FrameType;

/// Stops jobs that run in one worker: an interrupt, a grace period, the end of the process.
final class Stopping {

  private final WorkerProcess worker;
  private final SentJobs jobs;
  private final long graceNanos;

  Stopping(WorkerProcess worker, SentJobs jobs, long graceNanos) {
    this.worker = worker;
    this.jobs = jobs;
    this.graceNanos = graceNanos;
  }

  void cancel(Sent sent) {
    String reason = sent.job().name() + ", which ran in it, was cancelled and did not end";
    stop(sent, new Kill(CrashCause.LIMIT_EXCEEDED, reason));
  }

  void timeOut(Job job) {
    Sent sent = jobs.find(job);
    if (sent != null) {
      String reason = job.name() + ", which ran in it, exceeded its time limit and did not end";
      stop(sent, new Kill(CrashCause.LIMIT_EXCEEDED, reason));
    }
  }

  void stopAll() {
    var kill = new Kill(CrashCause.LIMIT_EXCEEDED, "the pool was stopped");
    jobs.all().forEach(sent -> stop(sent, kill));
  }

  /// Interrupts a running job, and kills the worker if it has not ended after the grace period.
  private void stop(Sent sent, Kill kill) {
    var message = new Output(8);
    message.writeLong(sent.number());
    worker.control().write(FrameType.INTERRUPT, message);
    var _ = Deadlines.after(graceNanos, () -> killIfRunning(sent, kill));
  }

  private void killIfRunning(Sent sent, Kill kill) {
    if (jobs.contains(sent)) {
      Callbacks.runUntrusted(() -> worker.kill(kill));
    }
  }
}
