package dev.telar;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How a worker process died. Immutable.
public final class WorkerDeath implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String worker;
  private final long pid;
  private final CrashCause cause;
  private final int exitCode;
  private final int signal;
  private final @Nullable String problematicFrame;
  private final @Nullable String report;
  private final List<String> lastErrorLines;

  /// Describes a death; Telar does this, programs only read it.
  ///
  /// @param worker the name of the worker
  /// @param pid its process id
  /// @param cause why it died
  /// @param exitCode its exit code, or −1 if there is none: a signal ended it, or it has not ended
  ///   yet
  /// @param signal the number of the signal that ended it, or 0
  /// @param problematicFrame where it crashed, as the JVM's report names it, or null
  /// @param report the JVM's report of a crash, if it was kept, or null
  /// @param lastErrorLines the last lines that it printed to standard error
  public WorkerDeath(
      String worker,
      long pid,
      CrashCause cause,
      int exitCode,
      int signal,
      @Nullable String problematicFrame,
      @Nullable Path report,
      List<String> lastErrorLines) {
    this.worker = Objects.requireNonNull(worker, "worker");
    this.pid = pid;
    this.cause = Objects.requireNonNull(cause, "cause");
    this.exitCode = exitCode;
    this.signal = signal;
    this.problematicFrame = problematicFrame;
    this.report = report == null ? null : report.toString();
    this.lastErrorLines = List.copyOf(lastErrorLines);
  }

  /// The name of the worker.
  ///
  /// @return the name
  public String worker() {
    return worker;
  }

  /// The process id of the worker.
  ///
  /// @return the id, which may belong to another process by now
  public long pid() {
    return pid;
  }

  /// Why it died.
  ///
  /// @return the cause
  public CrashCause cause() {
    return cause;
  }

  /// The exit code, if the process ended by itself.
  ///
  /// @return the code, or empty if a signal ended it
  public OptionalInt exitCode() {
    return signal == 0 && exitCode >= 0 ? OptionalInt.of(exitCode) : OptionalInt.empty();
  }

  /// The signal that ended the process. A JVM that meets a fault in native code writes a report and
  /// then aborts; the signal of the fault is told then, such as 11 (SIGSEGV), and not SIGABRT.
  ///
  /// @return its number, or empty if the process ended by itself
  public OptionalInt signal() {
    return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
  }

  /// Where it crashed, such as `C [libjpeg.so.62+0x1b2c] decode_mcu+0x4c`.
  ///
  /// @return the frame, or empty if the JVM wrote no report
  public Optional<String> problematicFrame() {
    return Optional.ofNullable(problematicFrame);
  }

  /// The JVM's own report of its crash (`hs_err_pid….log`).
  ///
  /// @return the file, or empty if there was no report, or it was not kept because the pool has no
  ///   folder for reports
  public Optional<Path> report() {
    return Optional.ofNullable(report).map(Path::of);
  }

  /// The last lines that the worker printed to standard error, at most twenty.
  ///
  /// @return the lines, oldest first; unmodifiable
  public List<String> lastErrorLines() {
    return lastErrorLines;
  }

  @Override
  public String toString() {
    String how =
        signal != 0 ? ", signal " + signal : exitCode >= 0 ? ", exit code " + exitCode : "";
    return "WorkerDeath[" + worker + ", pid " + pid + ", " + cause + how + "]";
  }
}
