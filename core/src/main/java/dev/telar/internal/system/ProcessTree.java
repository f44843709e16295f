package dev.telar.internal.system;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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

  /// How long a process may take to start another program.
  private static final long EXEC_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

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
  ///
  /// A process that is just starting another program has no environment for a moment and is missed.
  public static List<ProcessHandle> carrying(String variable, String value) {
    var carriers = new ArrayList<ProcessHandle>();
    var _ = new EnvironmentScan(variable, value, carriers::add);
    return carriers;
  }

  private static void killCarriers(String variable, String value, Set<ProcessHandle> killed) {
    // Twice at least: a process may have forked behind the scan's back and ended before it came by.
    int quietScans = 0;
    for (int round = 0; quietScans < 2 && round < MOST_ROUNDS; round++) {
      int before = killed.size();
      var scan = new EnvironmentScan(variable, value, carrier -> killTree(carrier, killed));
      quietScans = scan.isUndecided() || killed.size() > before ? 0 : quietScans + 1;
      if (scan.isUndecided()) {
        LockSupport.parkNanos(EXEC_NANOS);
      }
    }
  }

  private static void killTree(ProcessHandle root, Set<ProcessHandle> killed) {
    if (killed.add(root)) {
      killDescendants(root, killed);
      destroy(root);
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
}
