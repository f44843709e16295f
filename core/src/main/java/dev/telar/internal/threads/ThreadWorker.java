package dev.telar.internal.threads;

import dev.telar.Action;
import dev.telar.Worker;
import dev.telar.internal.scheduling.EndSignals;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A single named platform thread.
public final class ThreadWorker implements Worker {

  private final Action action;
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();
  private final EndSignals endSignals = new EndSignals();
  private volatile boolean failed;
  private volatile boolean over;

  public ThreadWorker(String name, Action action) {
    this.action = action;
    this.thread = Thread.ofPlatform().name(name).daemon(false).unstarted(this::run);
  }

  private void run() {
    try {
      action.act();
    } catch (Throwable e) {
      failed = true;
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      over = true;
      endSignals.fire();
    }
  }

  @Override
  public String name() {
    return thread.getName();
  }

  @Override
  public Worker start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("worker " + name() + " was started before");
    }
    thread.start();
    return this;
  }

  @Override
  public void join() throws InterruptedException {
    checkStarted();
    thread.join();
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    checkStarted();
    return thread.join(timeout);
  }

  private void checkStarted() {
    if (thread.getState() == Thread.State.NEW) {
      throw new IllegalStateException("worker " + name() + " was not started");
    }
  }

  @Override
  public boolean isAlive() {
    return thread.isAlive();
  }

  /// Once its work is over, the thread itself ends within microseconds.
  @Override
  public boolean isReady() {
    if (!over) {
      return false;
    }
    while (thread.isAlive() && !thread.equals(Thread.currentThread())) {
      LockSupport.parkNanos(this, 10_000);
    }
    return true;
  }

  @Override
  public Runnable onReady(Runnable signal) {
    return endSignals.add(signal);
  }

  @Override
  public OptionalLong pid() {
    throw new UnsupportedOperationException("a thread has no process id of its own");
  }

  @Override
  public OptionalInt exitCode() {
    if (thread.getState() != Thread.State.TERMINATED) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(failed ? 1 : 0);
  }

  @Override
  public void terminate() {
    if (started.get()) {
      thread.interrupt();
    }
  }

  @Override
  public void kill() {
    throw new UnsupportedOperationException(
        "a thread cannot be killed; use Worker.process for what may have to be");
  }

  @Override
  public void close() {
    boolean interrupted = false;
    while (started.get() && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    OptionalInt code = exitCode();
    String state =
        code.isPresent() ? "ended with " + code.getAsInt() : isAlive() ? "alive" : "not started";
    return "Worker[" + name() + ", thread, " + state + "]";
  }
}
