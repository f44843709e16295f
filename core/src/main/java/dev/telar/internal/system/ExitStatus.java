package dev.telar.internal.system;

import java.util.OptionalInt;
import java.util.Set;

/// How a process ended: by itself with a code, or killed by a signal.
///
/// @param code what `Process.exitValue()` said: 128 + n after signal n
/// @param signal the signal that killed it
public record ExitStatus(int code, OptionalInt signal) {

  private static final Set<String> FAULTS =
      Set.of("SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV", "SIGSYS");

  /// Tells `System.exit(128 + n)` from signal n by the mark that the JVM's shutdown hook left.
  ///
  /// With no mark, 128 + n is signal n. With the mark of a signal, only that signal's own exit
  /// value confirms it: a `SIGKILL` may still have followed a `SIGTERM` while the hooks ran, and a
  /// `SIGTERM` may have come during `System.exit(3)`. A process killed *by us* after it had begun
  /// an orderly exit should be given [ShutdownMark#NONE].
  public static ExitStatus of(int exitValue, ShutdownMark mark) {
    int signal = exitValue - 128;
    boolean killed =
        !mark.equals(ShutdownMark.ORDERLY) && !Signals.WINDOWS && Signals.isNumber(signal);
    return new ExitStatus(exitValue, killed ? OptionalInt.of(signal) : OptionalInt.empty());
  }

  /// Whether a signal ended the process that the kernel or the C library sends for what the
  /// process's own code has done.
  public boolean isFault() {
    return signal.isPresent() && FAULTS.contains(Signals.name(signal.getAsInt()));
  }

  /// Whether the process was killed in the way in which Java kills processes.
  public boolean isKilled() {
    return signal.isPresent() ? signal.getAsInt() == 9 : Signals.WINDOWS && code == 1;
  }

  /// Python's convention: the exit code, or minus the signal's number.
  public int pythonic() {
    return signal.isPresent() ? -signal.getAsInt() : code;
  }

  /// A phrase such as `was killed by signal 9 (SIGKILL)` or `exited with code 3`.
  public String describe() {
    return signal.isPresent()
        ? "was killed by signal " + signal.getAsInt() + " (" + Signals.name(signal.getAsInt()) + ")"
        : "exited with code " + code;
  }
}
