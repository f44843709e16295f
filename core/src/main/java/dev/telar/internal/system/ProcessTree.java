package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds and kills a process with everything that it started.
///
/// Parentage alone misses a grandchild whose parent has ended: it was adopted by process 1. So each
/// child gets an environment variable that all its descendants inherit, and on Linux
/// `/proc/<pid>/environ` shows it. Values form paths (`outer/inner`, see [#nested]), because a
/// worker of a nested pool must be found by what marks the outer worker too: a value is found where
/// it is the whole value or a run of whole segments of it.
///
/// Reuse of pids is harmless: a [ProcessHandle] remembers when its process started. Nothing here
/// throws when processes vanish meanwhile. Never kills the calling process.
public final class ProcessTree {
  /// Marks everything that belongs to one parent program: the cookie of its [RuntimeDirectory].
  public static final String COOKIE_VARIABLE = "TELAR_COOKIE";

  /// Marks everything that belongs to one worker process.
  public static final String WORKER_VARIABLE = "TELAR_WORKER";

  /// A fork bomb may outrun us; whoever asked must get on anyway.
  private static final int MOST_ROUNDS = 16;

  private static final Path PROC = Path.of("/proc");

  private ProcessTree() {}

  /// The value to put in a child's environment: `value` below the one that we inherited, if any.
  public static String nested(String variable, String value) {
    String inherited = System.getenv(variable);
    return inherited == null || inherited.isEmpty() ? value : inherited + "/" + value;
  }

  /// Kills all descendants of a process, deepest first, then the process itself (unless it is the
  /// caller), then whatever carries `TELAR_WORKER=workerValue` and its descendants.
  public static void kill(ProcessHandle root, String workerValue) {
    Set<ProcessHandle> killed = new HashSet<>();
    killDescendants(root, killed);
    destroy(root);
    killed.add(root);
    killCarriers(WORKER_VARIABLE, workerValue, killed);
  }

  /// Kills every process that carries the variable with that value, and its descendants, but not
  /// the caller.
  public static void killCarriers(String variable, String value) {
    killCarriers(variable, value, new HashSet<>());
  }

  /// Every live process of this user, except the caller, whose environment at its start had the
  /// variable with that value. Empty where there is no `/proc`.
  public static List<ProcessHandle> carrying(String variable, String value) {
    List<ProcessHandle> found = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    String wanted = "/" + latin(value) + "/";
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, ProcessTree::isPid)) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid == self) {
          continue;
        }
        if (!carries(entry, variable, wanted)) {
          continue;
        }
        // Looked at again once we hold the handle: the pid may have been reused in between, and
        // a reuse after this only makes the handle stale.
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isPresent() && carries(entry, variable, wanted)) {
          found.add(handle.get());
        }
      }
    } catch (IOException | DirectoryIteratorException noProc) {
      return found;
    }
    return found;
  }

  private static void killCarriers(String variable, String value, Set<ProcessHandle> killed) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      boolean any = false;
      for (ProcessHandle carrier : carrying(variable, value)) {
        if (killed.add(carrier)) {
          any = true;
          killDescendants(carrier, killed);
          destroy(carrier);
        }
      }
      if (!any) {
        return;
      }
    }
  }

  private static void killDescendants(ProcessHandle root, Set<ProcessHandle> killed) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<ProcessHandle> fresh = new ArrayList<>(descendants(root));
      fresh.removeIf(process -> !killed.add(process));
      if (fresh.isEmpty()) {
        return;
      }
      fresh.reversed().forEach(ProcessTree::destroy); // the JDK lists parents before children
    }
  }

  private static Collection<ProcessHandle> descendants(ProcessHandle root) {
    try {
      return root.descendants().toList();
    } catch (RuntimeException vanished) {
      return List.of();
    }
  }

  private static void destroy(ProcessHandle process) {
    try {
      if (!process.equals(ProcessHandle.current())) {
        process.destroyForcibly();
      }
    } catch (RuntimeException vanishedOrForeign) {
      // nothing more can be done about it
    }
  }

  private static boolean isPid(Path entry) {
    String name = entry.getFileName().toString();
    return name.charAt(0) >= '1' && name.charAt(0) <= '9';
  }

  private static boolean carries(Path process, String variable, String wanted) {
    String environment;
    try (var file = new FileInputStream(process.resolve("environ").toString())) {
      environment = "\0" + new String(file.readAllBytes(), ISO_8859_1) + "\0";
    } catch (IOException foreignOrGone) {
      return false;
    }
    String key = "\0" + variable + "=";
    int start = environment.indexOf(key);
    if (start < 0) {
      return false;
    }
    start += key.length();
    return ("/" + environment.substring(start, environment.indexOf('\0', start)) + "/")
        .contains(wanted);
  }

  private static String latin(String value) {
    return new String(value.getBytes(UTF_8), ISO_8859_1);
  }
}
