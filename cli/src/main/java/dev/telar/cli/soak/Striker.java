package dev.telar.cli.soak;

import dev.telar.ProcessPool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Kills and stops workers at random, until it is closed. The times between two strikes are
/// distributed exponentially, so that strikes also come close together.
final class Striker implements AutoCloseable {

  private static final int STOPS_IN_TEN = 2;

  private final ProcessPool pool;
  private final RandomGenerator random;
  private final Duration mean;
  private final Process shell;
  private final Thread thread;
  private volatile boolean over;
  private volatile @Nullable Exception failure;
  private final AtomicLong kills = new AtomicLong();
  private final AtomicLong stops = new AtomicLong();

  Striker(ProcessPool pool, RandomGenerator random, Duration mean) throws IOException {
    this.pool = pool;
    this.random = random;
    this.mean = mean;
    this.shell = new ProcessBuilder("sh").start(); // its kill is built in: no process for each
    this.thread = Thread.ofPlatform().daemon().name("soak-striker").start(this::run);
  }

  long kills() {
    return kills.get();
  }

  long stops() {
    return stops.get();
  }

  private void run() {
    try {
      strikeUntilOver();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void strikeUntilOver() throws IOException {
    while (!over) {
      long pause = (long) (mean.toNanos() * -Math.log(1 - random.nextDouble()));
      long end = System.nanoTime() + pause;
      boolean stop = random.nextInt(10) < STOPS_IN_TEN;
      double victim = random.nextDouble();
      for (long left; !over && (left = end - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(left);
      }
      strike(stop, victim);
    }
  }

  /// Strikes one of those that are up. If nobody is, the strike is lost: whoever comes up next
  /// shall have as long to live as the others.
  private void strike(boolean stop, double victim) throws IOException {
    List<Long> pids = pool.pids();
    long pid = pids.isEmpty() ? 0 : pids.get((int) (victim * pids.size()));
    if (pid != 0 && isOurs(pid)) {
      signal(stop ? "STOP" : "KILL", pid);
      (stop ? stops : kills).incrementAndGet();
    }
  }

  /// A process id may have been given to a stranger since it was looked up.
  private static boolean isOurs(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .filter(ProcessHandle.current()::equals)
        .isPresent();
  }

  private void signal(String name, long pid) throws IOException {
    OutputStream commands = shell.getOutputStream();
    commands.write(
        ("kill -" + name + " " + pid + " 2>/dev/null\n").getBytes(StandardCharsets.US_ASCII));
    commands.flush();
  }

  /// Ends the strikes.
  ///
  /// @throws IOException if they had ended before, so that the soak proves nothing
  @Override
  public void close() throws InterruptedException, IOException {
    over = true;
    LockSupport.unpark(thread);
    thread.join();
    Exception reason = failure;
    if (reason != null) {
      throw new IOException("the strikes broke off after " + kills + " kills: " + reason, reason);
    }
    shell.getOutputStream().close();
    shell.waitFor();
  }
}
