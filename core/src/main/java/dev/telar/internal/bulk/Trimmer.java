package dev.telar.internal.bulk;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that gives idle memory back, every few seconds. It exists only while there is some.
final class Trimmer {

  /// Something with memory that may idle.
  @FunctionalInterface
  interface Trimmable {
    /// Gives back what has idled since the last call.
    ///
    /// @return whether there is more
    boolean trim();
  }

  static final long PERIOD_MILLIS = Long.getLong("telar.internal.bulk.trim", 5000);

  private static final System.Logger LOG = System.getLogger(Trimmer.class.getName());
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition PERIOD = LOCK.newCondition();
  private static final Set<Trimmable> WATCHED = Collections.newSetFromMap(new IdentityHashMap<>());
  private static boolean running;

  private Trimmer() {}

  /// Watches something until there is nothing left of it.
  static void watch(Trimmable trimmable) {
    LOCK.lock();
    try {
      WATCHED.add(trimmable);
      if (!running) {
        Thread thread = new Thread(Trimmer::run, "telar-trimmer");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        running = true;
      }
    } catch (OutOfMemoryError noThread) {
      // memory is given back when its owner ends
    } finally {
      LOCK.unlock();
    }
  }

  /// There is nothing left of it.
  static void forget(Trimmable trimmable) {
    LOCK.lock();
    try {
      if (WATCHED.remove(trimmable) && WATCHED.isEmpty()) {
        PERIOD.signalAll();
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static void run() {
    while (true) {
      for (Trimmable each : awaitNext()) {
        if (!trim(each)) {
          forget(each);
          if (trim(each)) { // it has got some since, and found itself watched
            watch(each);
          }
        }
      }
      LOCK.lock();
      try {
        if (WATCHED.isEmpty()) {
          running = false;
          return;
        }
      } finally {
        LOCK.unlock();
      }
    }
  }

  /// One that fails keeps its memory, and must not cost the others this thread.
  private static boolean trim(Trimmable each) {
    try {
      return each.trim();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "idle memory is kept: {0}", e.toString());
      return true;
    }
  }

  private static List<Trimmable> awaitNext() {
    LOCK.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
      while (left > 0 && !WATCHED.isEmpty()) {
        left = PERIOD.awaitNanos(left);
      }
      return List.copyOf(WATCHED);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    } finally {
      LOCK.unlock();
    }
  }
}
