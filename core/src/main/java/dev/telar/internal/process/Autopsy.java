package dev.telar.internal.process;

import dev.telar.CrashCause;
import dev.telar.WorkerDeath;
import dev.telar.internal.system.ExitStatus;
import dev.telar.internal.system.ShutdownMark;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a dead worker died of.
///
/// @param death the findings
/// @param description the same as the predicate of a sentence: "was killed by signal 9 (SIGKILL)"
record Autopsy(WorkerDeath death, String description) {

  private static final String EXIT_ON_OUT_OF_MEMORY =
      "Terminating due to java.lang.OutOfMemoryError";

  /// What was found on the body.
  ///
  /// @param status how the process ended
  /// @param mark what its shutdown hook left
  /// @param outOfMemory whether it said that it had no memory
  /// @param ownEnd whether it ended before we had to make it
  /// @param kill why we killed it, or null
  /// @param kernelKilled whether the kernel has killed something for memory meanwhile
  /// @param report what the JVM's own report says, or null
  /// @param reportFile where that is kept, or null
  /// @param lastOutputLines what it printed last to standard output
  /// @param lastErrorLines what it printed last to standard error
  record Findings(
      ExitStatus status,
      ShutdownMark mark,
      boolean outOfMemory,
      boolean ownEnd,
      @Nullable Kill kill,
      boolean kernelKilled,
      @Nullable ErrorReport report,
      @Nullable Path reportFile,
      List<String> lastOutputLines,
      List<String> lastErrorLines) {

    private int signal() {
      int reported = report == null ? 0 : report.signal();
      return reported > 0 ? reported : status.signal().orElse(0);
    }

    private boolean killedByUs() {
      return kill != null && status.isKilled();
    }

    private CrashCause cause() {
      if (kill != null && killedByUs()) {
        return kill.cause();
      }
      if (outOfMemory || (report != null && report.forMemory()) || exitedForMemory()) {
        return CrashCause.OUT_OF_MEMORY;
      }
      if (report != null || status.isFault()) {
        return CrashCause.NATIVE_CRASH;
      }
      if (!ownEnd) {
        return CrashCause.LOST;
      }
      if (status.signal().isPresent()) {
        return kernelKilled && status.isKilled() ? CrashCause.KILLED_FOR_MEMORY : CrashCause.KILLED;
      }
      return mark.equals(ShutdownMark.NONE) ? CrashCause.HALTED : CrashCause.EXITED;
    }

    /// `-XX:+ExitOnOutOfMemoryError` exits without hooks and says so.
    private boolean exitedForMemory() {
      return status.signal().isEmpty()
          && Stream.concat(lastOutputLines.stream(), lastErrorLines.stream())
              .anyMatch(line -> line.startsWith(EXIT_ON_OUT_OF_MEMORY));
    }

    private String description(CrashCause cause) {
      String how = status.describe();
      String why =
          switch (cause) {
            case KILLED_FOR_MEMORY -> ", by the kernel, for want of memory";
            case OUT_OF_MEMORY -> kill == null ? ", because it had no memory left" : "";
            case HALTED -> " without its shutdown hooks (Runtime.halt or _exit)";
            case LOST -> ", because it had closed its connection without ending";
            default -> "";
          };
      return how + why + (kill != null && killedByUs() ? ", because " + kill.reason() : "");
    }
  }

  /// What is told when a body could not be looked at.
  static Autopsy failed(String worker, long pid) {
    var death = new WorkerDeath(worker, pid, CrashCause.LOST, -1, 0, null, null, List.of());
    return new Autopsy(death, "is lost, and it could not be found out why");
  }

  static Autopsy of(String worker, long pid, Findings found) {
    CrashCause cause = found.cause();
    int signal = found.signal();
    ErrorReport report = found.report();
    var death =
        new WorkerDeath(
            worker,
            pid,
            cause,
            signal == 0 ? found.status().code() : -1,
            signal,
            report == null || report.frame().isEmpty() ? null : report.frame(),
            found.reportFile(),
            found.lastErrorLines());
    return new Autopsy(death, found.description(cause));
  }
}
