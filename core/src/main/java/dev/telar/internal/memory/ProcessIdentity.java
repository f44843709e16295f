package dev.telar.internal.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/// A process, told from a later one with the same pid by its start time.
///
/// A stopped process (SIGSTOP, a debugger) is alive; a zombie is not.
///
/// @param pid as in this program's pid namespace
/// @param startTime in ticks or milliseconds, as the system counts; 0 if it cannot be known
record ProcessIdentity(long pid, long startTime) {
  private static final boolean PROC = Files.isReadable(Path.of("/proc/self/stat"));
  private static final long GONE = -1;
  private static final long UNKNOWN = 0;

  /// This process.
  static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(pid, Math.max(0, startTime(pid)));
  }

  /// What tells the process ids of this program from those in another container: its pid namespace.
  /// 0 if it cannot be known.
  static long namespace() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(); // pid:[123]
      return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
    } catch (IOException | RuntimeException noNamespaces) {
      return UNKNOWN;
    }
  }

  /// Whether this very process lives.
  boolean isAlive() {
    long found = startTime(pid);
    return found != GONE && (found == startTime || found == UNKNOWN || startTime == UNKNOWN);
  }

  /// When the process with this pid was started; [#GONE] if there is none, or [#UNKNOWN].
  private static long startTime(long pid) {
    return PROC ? fromProc(pid) : fromHandle(pid);
  }

  private static long fromProc(long pid) {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException noSuchProcess) {
      return GONE;
    } catch (IOException e) {
      // It has ended just now, or this process has no file descriptor left to look with: then
      // nothing is known, and nothing may be taken from it.
      return Files.notExists(Path.of("/proc/" + pid)) ? GONE : UNKNOWN;
    }
    // pid (name) state ppid … – the name may hold anything, also spaces and parentheses
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    boolean ended = "ZXx".contains(fields[0]);
    // Its first thread may be a zombie while another is still being killed, and runs: that one
    // could yet write to memory that we take for a dead process's.
    boolean lastThread = Integer.parseInt(fields[17]) <= 1;
    return ended && lastThread ? GONE : Long.parseLong(fields[19]);
  }

  private static long fromHandle(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().startInstant().map(Instant::toEpochMilli).orElse(UNKNOWN))
        .orElse(GONE);
  }
}
