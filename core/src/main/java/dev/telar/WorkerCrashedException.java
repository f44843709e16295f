package dev.telar;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// A worker process died while it ran the task. Only the tasks that were running in it fail with
/// this; those that waited there go to other workers, and a replacement starts.
public class WorkerCrashedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final CrashCause crashCause;
  private final String worker;
  private final long pid;
  private final int exitCode;
  private final int signal;
  private final List<String> lastErrorLines;

  /// Describes a death.
  ///
  /// @param message what happened, to whom
  /// @param crashCause why, by kind
  /// @param worker the name of the worker
  /// @param pid its process id
  /// @param exitCode the exit code, or −1 if the worker was killed by a signal
  /// @param signal the number of the signal that killed it, or 0
  /// @param lastErrorLines the last lines that it printed to standard error
  public WorkerCrashedException(
      String message,
      CrashCause crashCause,
      String worker,
      long pid,
      int exitCode,
      int signal,
      List<String> lastErrorLines) {
    super(message);
    this.crashCause = Objects.requireNonNull(crashCause, "crashCause");
    this.worker = worker;
    this.pid = pid;
    this.exitCode = exitCode;
    this.signal = signal;
    this.lastErrorLines = List.copyOf(lastErrorLines);
  }

  /// Why the worker died, by kind.
  ///
  /// @return the cause
  public CrashCause crashCause() {
    return crashCause;
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

  /// The exit code, if the process ended by itself.
  ///
  /// @return the code, or empty if it was killed by a signal
  public OptionalInt exitCode() {
    return signal == 0 ? OptionalInt.of(exitCode) : OptionalInt.empty();
  }

  /// The signal that killed the process.
  ///
  /// @return its number, or empty if the process ended by itself
  public OptionalInt signal() {
    return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
  }

  /// The last lines that the worker printed to standard error, at most twenty.
  ///
  /// @return the lines, oldest first
  public List<String> lastErrorLines() {
    return lastErrorLines;
  }
}
