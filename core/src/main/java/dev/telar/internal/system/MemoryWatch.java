package dev.telar.internal.system;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thread that looks how much memory processes take, for all pools of this JVM. It is there
/// while there is something to watch, and runs no user code.
public final class MemoryWatch implements Runnable {

  /// A process that is watched.
  public interface Watched {

    /// The process; what it has started counts with it.
    long pid();

    /// Is told how much memory they take. Short, not blocking.
    ///
    /// @param bytes see [ResidentMemory]
    /// @return whether to look more often
    boolean measured(long bytes);
  }

  private static final class Entry {
    private final Watched watched;
    private long descendants;

    Entry(Watched watched) {
      this.watched = watched;
    }
  }

  private static final long CALM_MILLIS = 100;
  private static final long ALERT_MILLIS = 20;

  /// Descendants are looked for once in so many rounds: that costs more.
  private static final int ROUNDS = 4;

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final List<Entry> WATCHED = new CopyOnWriteArrayList<>();
  private static @Nullable Thread thread;

  private int round;

  private MemoryWatch() {}

  /// Begins to watch a process.
  public static void add(Watched watched) {
    LOCK.lock();
    try {
      WATCHED.add(new Entry(watched));
      if (thread == null) {
        thread = start();
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static Thread start() {
    Thread watcher =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("telar-memory")
            .unstarted(new MemoryWatch());
    watcher.setContextClassLoader(ClassLoader.getSystemClassLoader());
    watcher.start();
    return watcher;
  }

  /// Ends to watch a process.
  @SuppressWarnings("ReferenceEquality") // it is about this one
  public static void remove(Watched watched) {
    WATCHED.removeIf(entry -> entry.watched == watched);
  }

  @Override
  public void run() {
    while (!ended()) {
      boolean alert = false;
      for (Entry entry : WATCHED) {
        alert |= lookCarefully(entry);
      }
      round++;
      try {
        Thread.sleep(alert ? ALERT_MILLIS : CALM_MILLIS);
      } catch (InterruptedException e) {
        // nobody's business: go on
      }
    }
  }

  /// Whatever happens to one process, the others are still watched.
  private boolean lookCarefully(Entry entry) {
    try {
      return look(entry);
    } catch (RuntimeException | Error e) { // no thread or no memory for what is to be done
      return true;
    }
  }

  private boolean look(Entry entry) {
    long pid = entry.watched.pid();
    long own = ResidentMemory.of(pid);
    if (own == 0) {
      return false; // it is dead
    }
    if (round % ROUNDS == 0) {
      entry.descendants = ResidentMemory.ofDescendants(pid);
    }
    return entry.watched.measured(own + entry.descendants);
  }

  private static boolean ended() {
    LOCK.lock();
    try {
      if (!WATCHED.isEmpty()) {
        return false;
      }
      thread = null;
      return true;
    } finally {
      LOCK.unlock();
    }
  }
}
