package dev.telar.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The threads of a trial that live on. Every wait for one is bounded: whoever is not done in time
/// waits for ever, as far as a test can know.
final class Survivors {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private record Survivor(String what, Thread thread, FutureTask<?> work) {}

  private final List<Survivor> all = new ArrayList<>();
  private final CountDownLatch victim = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private boolean virtual;

  /// For a survivor: waits until the victim is about to begin, or dead. Its JVM takes a while.
  void awaitVictim() throws InterruptedException {
    victim.await();
  }

  /// For a survivor: waits until the victim is dead, or has done all.
  void awaitVictimsEnd() throws InterruptedException {
    end.await();
  }

  void victimIsGone() {
    victim.countDown();
    end.countDown();
  }

  void victimIsThere() {
    victim.countDown();
  }

  /// Starts one; every second is a virtual thread.
  synchronized <T> FutureTask<T> start(String what, Callable<T> work) {
    var task = new FutureTask<>(work);
    virtual = !virtual;
    Thread thread =
        virtual ? Thread.ofVirtual().unstarted(task) : Thread.ofPlatform().unstarted(task);
    thread.setDaemon(true);
    all.add(new Survivor(what, thread, task));
    thread.start();
    return task;
  }

  /// The result of one, in time.
  <T> T result(FutureTask<T> work) throws Exception {
    try {
      return work.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(describe(work));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /// Waits for all that were started.
  void join() throws Exception {
    List<Survivor> started;
    synchronized (this) {
      started = List.copyOf(all);
    }
    for (Survivor one : started) {
      result(one.work());
    }
  }

  synchronized boolean areDone() {
    return all.stream().allMatch(one -> one.work().isDone());
  }

  /// Something that must come to its end by itself.
  <T> T inTime(String what, Callable<T> work) throws Exception {
    return result(start(what, work));
  }

  private synchronized String describe(FutureTask<?> work) {
    Survivor late = all.stream().filter(one -> one.work() == work).findFirst().orElseThrow();
    return "not done after %s: %s, at %s"
        .formatted(LIMIT, late.what(), Arrays.toString(late.thread().getStackTrace()));
  }

  /// Ends those that are still at it, so that one trial does not disturb the next.
  synchronized void end() {
    all.forEach(one -> one.work().cancel(true));
  }
}
