package dev.telar.internal.scheduling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Keeps the JVM alive while any pool has work: outstanding work does, an idle unclosed pool does
/// not.
///
/// All threads of pools are daemons. While the number of busy pools is above zero, one non-daemon
/// thread exists; it looks every [#LINGER] and ends when nothing was busy. So a pool that goes busy
/// and idle thousands of times a second pays for a counter only.
final class KeepAlive {

  private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(50);
  private static final AtomicInteger BUSY = new AtomicInteger();
  private static final AtomicBoolean RUNNING = new AtomicBoolean();

  private KeepAlive() {}

  static void busy() {
    BUSY.incrementAndGet();
    if (!RUNNING.get() && RUNNING.compareAndSet(false, true)) {
      try {
        Thread.ofPlatform()
            .name("telar-keep-alive")
            .daemon(false)
            .inheritInheritableThreadLocals(false)
            .start(KeepAlive::stay);
      } catch (RuntimeException | Error e) { // no thread to be had: the work itself matters more
        RUNNING.set(false);
      }
    }
  }

  static void idle() {
    BUSY.decrementAndGet();
  }

  private static void stay() {
    do {
      do {
        LockSupport.parkNanos(LINGER);
      } while (BUSY.get() > 0);
      RUNNING.set(false);
      // A pool that became busy in between saw RUNNING still set and relies on this thread.
    } while (BUSY.get() > 0 && RUNNING.compareAndSet(false, true));
  }
}
