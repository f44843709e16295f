package dev.telar.shared;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import dev.telar.Worker;
import dev.telar.WorkerCrashedException;
import dev.telar.testing.DieAt;
import dev.telar.testing.Fault;
import dev.telar.testing.Handles;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Processes;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedLockTest {
  private final Shared shared = Shared.open();
  private final SharedLock lock = shared.lock();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void aCounterIsRightUnderItInProcesses() {
    SharedLock lock = this.lock; // a field would take the test along
    SharedLong counter = shared.longValue(0);
    try (var pool = Pool.processes(3)) {
      pool.map(
          n -> {
            for (int i = 0; i < n; i++) {
              lock.lock();
              try {
                counter.set(counter.get() + 1);
              } finally {
                lock.unlock();
              }
            }
            return n;
          },
          List.of(20_000, 20_000, 20_000));
    }
    assertThat(counter.get()).isEqualTo(60_000);
    assertThat(lock.isLocked()).isFalse();
    assertThat(lock.wasAbandoned()).isFalse();
  }

  @Test
  void aThousandVirtualThreadsTakeTurnsWithAWorker() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    SharedLong counter = shared.longValue(0);
    try (var pool = Pool.processes(1);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TaskFuture<Integer> worker = pool.submit(() -> addUnder(lock, counter, 20_000));
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        all.add(threads.submit(() -> addUnder(lock, counter, 10)));
      }
      for (Future<Integer> one : all) {
        one.get(40, SECONDS);
      }
      worker.get(40, SECONDS);
    }
    assertThat(counter.get()).isEqualTo(30_000);
  }

  private static int addUnder(SharedLock lock, SharedLong counter, int times) {
    for (int i = 0; i < times; i++) {
      lock.lock();
      counter.set(counter.get() + 1);
      lock.unlock();
    }
    return times;
  }

  @Test
  void itIsReentrantAndItsOwnersOnly() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    lock.lock();
    lock.lock();
    assertThat(lock.tryLock()).isTrue();
    assertThat(lock.holdCount()).isEqualTo(3);
    try (var pool = Pool.processes(1)) {
      assertThat(pool.submit(() -> lock.tryLock(1, MILLISECONDS)).get()).isFalse();
    }

    Thread stranger =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertThat(lock.tryLock()).isFalse();
                  assertThat(lock.holdCount()).isZero();
                  assertThatThrownBy(lock::unlock)
                      .isInstanceOf(IllegalMonitorStateException.class)
                      .hasMessageContaining("SharedLock");
                });
    stranger.join();
    lock.unlock();
    lock.unlock();
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
    assertThat(lock.isLocked()).isFalse();
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
  }

  @Test
  void theNextOwnerLearnsThatTheLastOneDied() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    try (var pool = Pool.processes(1)) {
      assertThatThrownBy(
              () ->
                  pool.submit(
                          () -> {
                            lock.lock();
                            lock.lock();
                            Fault.KILL.strike();
                          })
                      .get())
          .hasCauseInstanceOf(WorkerCrashedException.class);

      assertThat(lock.tryLock(10, SECONDS)).isTrue();
      assertThat(lock.wasAbandoned()).isTrue();
      assertThat(lock.holdCount()).isEqualTo(1);
      lock.unlock();
      assertThat(pool.submit(() -> lock.tryLock() && lock.wasAbandoned()).get()).isTrue();
      pool.submit(lock::isLocked).get();
    }
    lock.lock(); // the second worker has ended with it, too
    lock.repaired();
    assertThat(lock.wasAbandoned()).isFalse();
    lock.unlock();
    assertThatThrownBy(lock::repaired).isInstanceOf(IllegalMonitorStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock.flagged", "lock.inherited"})
  void whoDiesOnTheWayToAnAbandonedLockLeavesItToTheNext(String label) throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    killedWith(lock);
    try (ProcessPool heirs =
        ProcessPool.builder().workers(1).jvmArgs(DieAt.options(label)).build()) {
      assertThatThrownBy(() -> heirs.submit(() -> lock.lock()).get())
          .hasCauseInstanceOf(WorkerCrashedException.class);
    }
    assertThat(lock.tryLock(10, SECONDS)).isTrue();
    assertThat(lock.wasAbandoned()).isTrue();
    lock.unlock();
  }

  private static void killedWith(SharedLock lock) throws InterruptedException {
    try (var worker =
        Worker.process(
            "holder",
            () -> {
              lock.lock();
              Fault.KILL.strike();
            })) {
      worker.start().join();
    }
  }

  @Test
  void whoIsKilledBetweenReleaseAndSignalKeepsNobodyWaiting() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    SharedLong held = shared.longValue(0);
    try (ProcessPool pool =
        ProcessPool.builder().workers(1).jvmArgs(DieAt.options("lock.released")).build()) {
      TaskFuture<Object> holder =
          pool.submit(
              () -> {
                lock.lock();
                held.set(1);
                while (held.get() == 1) {
                  Thread.onSpinWait();
                }
                lock.unlock();
                return null;
              });
      await().until(() -> held.get() == 1);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          waiting.add(
              threads.submit(
                  () -> {
                    lock.lock();
                    boolean abandoned = lock.wasAbandoned();
                    lock.unlock();
                    return abandoned;
                  }));
        }
        held.set(2);
        for (Future<Boolean> one : waiting) {
          assertThat(one.get(10, SECONDS)).isFalse();
        }
      }
      assertThatThrownBy(holder::get).hasCauseInstanceOf(WorkerCrashedException.class);
    }
  }

  @Test
  void nothingIsTakenFromAStoppedProcess() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    SharedLong state = shared.longValue(0);
    try (var worker =
        Worker.process(
            "stopped",
            () -> {
              lock.lock();
              state.set(ProcessHandle.current().pid());
              while (state.get() != 0) {
                Thread.onSpinWait();
              }
              lock.unlock();
            })) {
      worker.start();
      await().until(() -> state.get() != 0);
      long pid = state.get();
      Processes.stop(pid);
      assertThat(lock.tryLock(300, MILLISECONDS)).isFalse();

      state.set(0);
      Processes.resume(pid);

      assertThat(lock.tryLock(10, SECONDS)).isTrue();
      assertThat(lock.wasAbandoned()).isFalse();
      lock.unlock();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndLeavesTheLockAlone() throws Exception {
    lock.lock();
    Thread interruptible =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatThrownBy(lock::lockInterruptibly)
                        .isInstanceOf(InterruptedException.class));
    interruptible.interrupt();
    interruptible.join();
    Thread patient =
        Thread.ofPlatform()
            .start(
                () -> {
                  lock.lock();
                  lock.unlock();
                  assertThat(Thread.interrupted()).isTrue();
                });
    patient.interrupt();
    lock.unlock();
    patient.join();
    assertThat(lock.isLocked()).isFalse();
  }

  /// Of one contender: its longest wait for the lock, and the longest time for which the machine
  /// gave it no processor while it held the lock.
  private record Longest(long waited, long paused) implements Serializable {}

  /// Those in workers sleep on a futex; those here are parked, if this JVM has no native access.
  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void nobodyWaitsForASecondAmongEight(int here) throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    SharedBarrier start = shared.barrier(8);
    long wait = 0;
    long pause = 0;
    try (var pool = ProcessPool.builder().workers(2).threadsPerWorker(4).build();
        var threads = Executors.newFixedThreadPool(8)) {
      List<Future<Longest>> contenders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        contenders.add(
            i < here
                ? threads.submit(() -> longest(lock, start))
                : pool.submit(() -> longest(lock, start)));
      }
      for (Future<Longest> one : contenders) {
        Longest longest = one.get(30, SECONDS);
        wait = Math.max(wait, longest.waited());
        pause = Math.max(pause, longest.paused());
      }
    }
    // What the machine withholds it may withhold from each of the eight in turn, and from who wakes
    // them: on a machine that has nothing else to do this is a second, and never more than three.
    assumeTrue(NANOSECONDS.toMillis(pause) < 500, "a machine on which that can be told");
    assertThat(NANOSECONDS.toMillis(wait))
        .isLessThan(Math.min(3000, 1000 + 16 * NANOSECONDS.toMillis(pause)));
  }

  private static Longest longest(SharedLock lock, SharedBarrier start) throws Exception {
    start.await(); // which also loads what a first wait needs
    long end = System.nanoTime() + SECONDS.toNanos(3);
    long wait = 0;
    long pause = 0;
    for (long now = System.nanoTime(); now < end; ) {
      lock.lock();
      long got = System.nanoTime();
      wait = Math.max(wait, got - now);
      now = got;
      while (now < got + 20_000) {
        long next = System.nanoTime();
        pause = Math.max(pause, next - now);
        now = next;
      }
      lock.unlock();
    }
    return new Longest(wait, pause);
  }

  /// Makes a lock, holds it and lives until it is killed.
  public static final class Holder {
    public static void main(String[] args) throws Exception {
      SharedLock lock = Shared.open().lock();
      lock.lock();
      Path file = Path.of(args[0]);
      Files.writeString(file.resolveSibling("half"), Handles.write(lock));
      Files.move(file.resolveSibling("half"), file);
      Thread.sleep(60_000);
      lock.unlock();
    }
  }

  @Test
  void theDeathOfItsCreatorEndsIt_alsoForThoseWhoWait(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("handle");
    try (var program = JavaProgram.start(Holder.class, file.toString());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      await().until(() -> Files.exists(file));
      SharedLock theirs = Handles.read(Files.readString(file));
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        waiting.add(threads.submit(theirs::lock));
      }
      assertThat(theirs.tryLock(50, MILLISECONDS)).isFalse();

      program.kill();

      for (Future<?> one : waiting) {
        assertThatThrownBy(() -> one.get(10, SECONDS))
            .hasCauseInstanceOf(SharedClosedException.class);
      }
      theirs.unlock(); // harmless now
    }
  }
}
