package dev.telar.internal.process;

import dev.telar.CrashCause;
import dev.telar.WorkerCrashedException;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.ChunkJob;
import dev.telar.internal.system.ExitStatus;
import dev.telar.internal.system.ShutdownMark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says which worker died, how, under which task, and what is known of the reason.
final class CrashReport {

  /// SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV: what a process does to itself.
  private static final Set<Integer> NATIVE = Set.of(4, 6, 7, 8, 11);

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
    Optional<String> report = dead.errorReport();
    report.ifPresent(text -> message.append("; ").append(text));
    List<String> words = dead.lastErrorLines();
    if (!words.isEmpty()) {
      message.append("; its last error output:\n  ").append(String.join("\n  ", words));
    }
    int signal = status.signal().orElse(0);
    int exitCode = signal == 0 ? status.code() : -1;
    return new WorkerCrashedException(
        message.toString(),
        cause(dead, status, killReason, report.isPresent()),
        dead.name(),
        dead.pid(),
        exitCode,
        signal,
        words);
  }

  private static CrashCause cause(
      WorkerProcess dead, ExitStatus status, @Nullable String killReason, boolean reported) {
    if (killReason != null) {
      return CrashCause.LIMIT_EXCEEDED;
    }
    if (reported || NATIVE.contains(status.signal().orElse(0))) {
      return CrashCause.NATIVE_CRASH;
    }
    if (status.signal().isPresent()) {
      return CrashCause.KILLED;
    }
    return dead.page().shutdownMark() == ShutdownMark.ORDERLY.code()
        ? CrashCause.EXITED
        : CrashCause.HALTED;
  }
}
