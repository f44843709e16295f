package dev.telar.internal.process;

import dev.telar.WorkerCrashedException;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.ChunkJob;
import dev.telar.internal.system.ExitStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says which worker died, how, under which task, and what is known of the reason.
final class CrashReport {

  private CrashReport() {}

  /// Makes the exception for one of the jobs that ran.
  ///
  /// @param killReason why we killed it, if we did
  static WorkerCrashedException of(
      WorkerProcess dead, ExitStatus status, @Nullable String killReason, Sent sent) {
    String what =
        sent.job() instanceof ChunkJob chunk
            ? chunk.nameOfItem(dead.page().item(sent.entry()))
            : sent.job().name();
    var message =
        new StringBuilder("worker ").append(dead.name()).append(" (pid ").append(dead.pid());
    message
        .append(") ")
        .append(status.signal().isPresent() ? "was " : "")
        .append(status.describe());
    if (killReason != null) {
      message.append(", because ").append(killReason);
    }
    message.append(", while it ran ").append(what);
    dead.errorReport().ifPresent(report -> message.append("; ").append(report));
    List<String> words = dead.lastErrorLines();
    if (!words.isEmpty()) {
      message.append("; its last error output:\n  ").append(String.join("\n  ", words));
    }
    int signal = status.signal().orElse(0);
    int exitCode = signal == 0 ? status.code() : -1;
    return new WorkerCrashedException(
        message.toString(), dead.name(), dead.pid(), exitCode, signal, words);
  }
}
