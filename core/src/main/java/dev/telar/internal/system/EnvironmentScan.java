package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// One look through `/proc/<pid>/environ` of all processes for a variable with a value.
///
/// The kernel shows that file only to the same user (and root). While a process is inside `execve`
/// it is empty: then it is undecided whether the process carries the variable.
final class EnvironmentScan {
  private static final File PROC = new File("/proc");

  /// In the flags of `/proc/<pid>/stat`: a thread of the kernel, which has no environment ever.
  private static final long KERNEL_THREAD = 0x0020_0000;

  private final String key;
  private final String wanted;
  private final Consumer<ProcessHandle> found;
  private boolean undecided;

  /// Looks once.
  ///
  /// @param found is given each carrier as soon as it is found: on a busy machine a look takes long
  EnvironmentScan(String variable, String value, Consumer<ProcessHandle> found) {
    this.found = found;
    key = "\0" + variable + "=";
    wanted = "/" + new String(value.getBytes(UTF_8), ISO_8859_1) + "/";
    scan();
  }

  /// Whether some process was just starting another program.
  boolean isUndecided() {
    return undecided;
  }

  private void scan() {
    long self = ProcessHandle.current().pid();
    String[] names = PROC.list(); // and no stream: this may be the first of its kind in a dying JVM
    if (names == null) {
      return; // no Linux: parentage has to do
    }
    for (String name : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9' && Long.parseLong(name) != self) {
        look(name);
      }
    }
  }

  private void look(String pid) {
    String environment = read(pid, "environ");
    if (environment == null) {
      return;
    }
    if (environment.isEmpty()) {
      undecided |= isInExec(pid);
    } else if (carries(environment)) {
      // Looked at again once we hold the handle: the pid may have been reused in between, and a
      // reuse after this only makes the handle stale.
      Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(pid));
      String again = read(pid, "environ");
      if (handle.isPresent() && again != null && carries(again)) {
        found.accept(handle.get());
      } else {
        undecided |= again != null && again.isEmpty() && isInExec(pid);
      }
    }
  }

  private boolean carries(String environment) {
    String framed = "\0" + environment + "\0";
    int start = framed.indexOf(key);
    if (start < 0) {
      return false;
    }
    start += key.length();
    return ("/" + framed.substring(start, framed.indexOf('\0', start)) + "/").contains(wanted);
  }

  /// Threads of the kernel, zombies and processes in `execve` have no arguments either.
  private static boolean isInExec(String pid) {
    String arguments = read(pid, "cmdline");
    String stat = arguments != null && arguments.isEmpty() ? read(pid, "stat") : null;
    if (stat == null) {
      return false;
    }
    // pid (name) state ppid pgrp session tty tpgid flags; the name may hold anything
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 8);
    return fields.length > 6
        && !fields[0].equals("Z")
        && !fields[0].equals("X")
        && (Long.parseLong(fields[6]) & KERNEL_THREAD) == 0;
  }

  /// The content, or null if the process is gone or another user's.
  private static @org.jspecify.annotations.Nullable String read(String pid, String file) {
    try (var in = new FileInputStream("/proc/" + pid + "/" + file)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException goneOrForeign) {
      return null;
    }
  }
}
