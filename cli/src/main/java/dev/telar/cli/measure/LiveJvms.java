package dev.telar.cli.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The JVMs that this one has started and must not leave behind, whatever ends it.
public final class LiveJvms {

  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();
  // A JVM that is asked to end also ends its workers and removes its files; then it is killed.
  private static final long GRACE_MILLIS = 800;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private LiveJvms() {}

  /// Registers the end of all JVMs for the end of this one. To be called once, by `main`.
  public static void endWithThisJvm() {
    Runtime.getRuntime().addShutdownHook(new Thread(LiveJvms::endAll, "end measuring JVMs"));
  }

  /// Whether this JVM is about to end: what fails now fails because of that, and is not worth a
  /// word. The runtime refuses hooks before the first hook runs, so there is no moment in which a
  /// child has been ended and this says no.
  ///
  /// @return whether the shutdown has begun
  public static boolean isShuttingDown() {
    var probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /// Whether this JVM is about to end, or begins to within a moment.
  ///
  /// @param moment how long to look
  /// @return whether the shutdown has begun; false only after the moment has passed
  public static boolean isShuttingDownWithin(Duration moment) {
    long end = System.nanoTime() + moment.toNanos();
    while (!isShuttingDown()) {
      long left = end - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, POLL_NANOS));
    }
    return true;
  }

  static Process start(ProcessBuilder builder) throws IOException {
    // Under the lock of endAll: a JVM that starts while this one ends would be missed.
    synchronized (LIVE) {
      if (isShuttingDown()) {
        throw new IOException("shutting down");
      }
      Process process = builder.start();
      LIVE.add(process);
      return process;
    }
  }

  /// Ends a JVM and everything that it started. Does nothing more if it has ended by itself.
  static void end(Process process) {
    end(List.of(process));
    LIVE.remove(process);
  }

  private static void endAll() {
    synchronized (LIVE) {
      end(List.copyOf(LIVE));
    }
  }

  private static void end(List<Process> processes) {
    List<ProcessHandle> tree =
        processes.stream()
            .map(Process::toHandle)
            .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
            .toList();
    processes.forEach(Process::destroy);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    for (ProcessHandle handle : tree) {
      try {
        handle.onExit().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (Exception e) {
        // Too slow, or this thread is in a hurry itself.
        handle.destroyForcibly();
      }
    }
  }
}
