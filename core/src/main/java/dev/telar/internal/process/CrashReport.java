package dev.telar.internal.process;

import dev.telar.CrashCause;
import dev.telar.MemoryLimitExceededException;
import dev.telar.TaskOutOfMemoryException;
import dev.telar.WorkerCrashedException;
import dev.telar.WorkerDeath;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.ChunkJob;
import java.time.Duration;
import java.util.Locale;

/// Says which worker died, how, under which task, and what is known of the reason.
final class CrashReport {

  private CrashReport() {}

  /// Makes the exception for one of the jobs that ran in a worker that has been buried.
  static WorkerCrashedException of(WorkerProcess dead, Sent sent) {
    String task = taskOf(dead, sent);
    int attempt = sent.job().attempt();
    Duration ran = ran(dead, sent);
    WorkerDeath death = dead.autopsy().death();
    String message = message(dead, task, attempt, ran);
    Kill kill = dead.killReason();
    Kill.MemoryUse memory = kill == null ? null : kill.memory();
    if (death.cause() == CrashCause.LIMIT_EXCEEDED && memory != null) {
      return new MemoryLimitExceededException(
          message, task, attempt, ran, death, memory.limit(), memory.peak());
    }
    if (death.cause() == CrashCause.OUT_OF_MEMORY && kill == null) {
      return new TaskOutOfMemoryException(message, task, attempt, ran, death, null);
    }
    return new WorkerCrashedException(message, task, attempt, ran, death);
  }

  /// Makes the exception for a task that has brought home an [OutOfMemoryError].
  static TaskOutOfMemoryException outOfMemory(
      WorkerProcess worker, String task, int attempt, long nanos, Throwable error) {
    var death =
        new WorkerDeath(
            worker.name(),
            worker.pid(),
            CrashCause.OUT_OF_MEMORY,
            -1,
            0,
            null,
            null,
            worker.lastErrorLines());
    Duration ran = Duration.ofNanos(nanos);
    String message =
        task
            + " had no memory left in worker "
            + worker.name()
            + " (pid "
            + worker.pid()
            + ") after "
            + text(ran)
            + ": "
            + error
            + "; the worker is replaced";
    return new TaskOutOfMemoryException(message, task, attempt, ran, death, error);
  }

  private static String message(WorkerProcess dead, String task, int attempt, Duration ran) {
    WorkerDeath death = dead.autopsy().death();
    var message =
        new StringBuilder("worker ")
            .append(death.worker())
            .append(" (pid ")
            .append(death.pid())
            .append(") ")
            .append(dead.autopsy().description())
            .append(", while it ran ")
            .append(task)
            .append(attempt > 1 ? " (attempt " + attempt + ")" : "")
            .append(", after ")
            .append(text(ran));
    dead.errorReport().ifPresent(report -> message.append("; ").append(report.summary()));
    death.report().ifPresent(file -> message.append(" (").append(file).append(')'));
    if (!death.lastErrorLines().isEmpty()) {
      message
          .append("; its last error output:\n  ")
          .append(String.join("\n  ", death.lastErrorLines()));
    }
    return message.toString();
  }

  /// What to call what ran.
  static String taskOf(WorkerProcess worker, Sent sent) {
    return sent.job() instanceof ChunkJob chunk
        ? chunk.nameOfItem(worker.page().item(sent.entry()))
        : sent.job().name();
  }

  private static Duration ran(WorkerProcess dead, Sent sent) {
    long started = dead.page().startedNanos(sent.entry(), sent.number());
    return started == 0 ? Duration.ZERO : Duration.ofNanos(dead.diedNanos() - started);
  }

  /// A time as people write it: `1.234 s`, `56 ms`.
  static String text(Duration time) {
    return time.toMillis() < 1000
        ? time.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }
}
