package dev.telar.internal.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/// Finds threads that tasks have started and that outlive them.
final class LeftThreads {

  /// Beginnings of the names of our own threads, and of those that the JDK starts for itself when
  /// something is first used, and keeps.
  private static final List<String> NOT_THEIRS =
      List.of(
          "telar-",
          "ForkJoinPool.commonPool-",
          "CompletableFutureDelayScheduler",
          "process reaper",
          "Common-Cleaner",
          "Cleaner-",
          "Keep-Alive-",
          "FileLock",
          "VirtualThread-",
          "Attach Listener",
          "Java2D",
          "AWT-");

  private final ThreadGroup root = root();
  private final Set<Thread> known = Collections.newSetFromMap(new WeakHashMap<>());
  private final List<Thread> left = new ArrayList<>();

  /// Everything that runs now is as it should be.
  LeftThreads() {
    accept();
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  private List<Thread> running() {
    var threads = new Thread[root.activeCount() + 8];
    int count = root.enumerate(threads, true);
    return Arrays.asList(threads).subList(0, count);
  }

  /// Takes what runs now as it should be.
  void accept() {
    known.addAll(running());
  }

  /// The threads that were left since the last look.
  List<Thread> look() {
    List<Thread> found = new ArrayList<>();
    for (Thread thread : running()) {
      if (known.add(thread) && isTheirs(thread)) {
        found.add(thread);
      }
    }
    left.addAll(found);
    return found;
  }

  private static boolean isTheirs(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null
        && group.getParent() != null // the JDK's own are in the group at the root
        && !group.getName().equals("InnocuousThreadGroup")
        && !thread.getClass().getName().startsWith("jdk.internal.") // carriers of virtual threads
        && NOT_THEIRS.stream().noneMatch(thread.getName()::startsWith);
  }

  /// How many of those that were left still run.
  int stillRunning() {
    left.removeIf(thread -> !thread.isAlive());
    return left.size();
  }
}
