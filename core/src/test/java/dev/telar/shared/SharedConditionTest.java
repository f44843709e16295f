package dev.telar.shared;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import dev.telar.Worker;
import dev.telar.WorkerCrashedException;
import dev.telar.testing.DieAt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedConditionTest {
  private final Shared shared = Shared.open();
  private final SharedLock lock = shared.lock();
  private final SharedCondition condition = lock.newCondition();
  private final SharedLong value = shared.longValue(0);

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void oneSlotIsFilledAndEmptiedByTurnsBetweenTwoProcesses() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    SharedCondition condition = this.condition;
    SharedLong value = this.value;
    SharedCondition emptied = lock.newCondition();
    int rounds = 2000;
    try (var pool = Pool.processes(2)) {
      TaskFuture<Long> taker =
          pool.submit(
              () -> {
                long sum = 0;
                for (int i = 0; i < rounds; i++) {
                  lock.lock();
                  try {
                    while (value.get() == 0) {
                      condition.await();
                    }
                    sum += value.getAndSet(0);
                    emptied.signal();
                  } finally {
                    lock.unlock();
                  }
                }
                return sum;
              });
      TaskFuture<Object> giver =
          pool.submit(
              () -> {
                for (int i = 1; i <= rounds; i++) {
                  lock.lock();
                  try {
                    while (value.get() != 0) {
                      emptied.await();
                    }
                    value.set(i);
                    condition.signal();
                  } finally {
                    lock.unlock();
                  }
                }
                return null;
              });
      assertThat(taker.get(40, SECONDS)).isEqualTo(rounds * (rounds + 1L) / 2);
      giver.get(10, SECONDS);
    }
  }

  @Test
  void signalAllEndsEveryWait() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waiting.add(threads.submit(this::waitForSignal));
      }
      await().until(() -> value.get() == 200);
      lock.lock();
      condition.signalAll();
      lock.unlock();
      for (Future<?> one : waiting) {
        one.get(10, SECONDS);
      }
    }
  }

  @Test
  void aSignalEndsOneWait() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waiting.add(threads.submit(this::waitForSignal));
      }
      await().until(() -> value.get() == 5);
      for (int ended = 1; ended <= 5; ended++) {
        lock.lock();
        condition.signal();
        lock.unlock();
        int expected = ended;
        await().until(() -> waiting.stream().filter(Future::isDone).count() >= expected);
        assertThat(waiting.stream().filter(Future::isDone).count()).isEqualTo(expected);
      }
    }
  }

  private Object waitForSignal() throws InterruptedException {
    lock.lock();
    value.incrementAndGet();
    condition.await();
    lock.unlock();
    return value;
  }

  @Test
  void aSignalForADeadProcessIsAnothers() throws Exception {
    SharedLock lock = this.lock; // a field would take the test along
    SharedCondition condition = this.condition;
    SharedLong value = this.value;
    try (var doomed =
            Worker.process(
                "doomed",
                () -> {
                  lock.lock();
                  value.incrementAndGet();
                  condition.await();
                });
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      doomed.start();
      await().until(() -> value.get() == 1);
      Future<?> other = threads.submit(this::waitForSignal);
      await().until(() -> value.get() == 2);
      lock.lock(); // so that both have really begun to wait
      lock.unlock();
      doomed.kill();
      doomed.join();

      lock.lock();
      condition.signal();
      lock.unlock();

      other.get(10, SECONDS);
    }
  }

  @Test
  void aSignalThatDiesWithWhoTookItEndsAnotherWaitThatLearnsOfIt() throws Exception {
    SharedLock lock = this.lock;
    SharedCondition condition = this.condition;
    SharedLong value = this.value;
    try (var doomed =
            ProcessPool.builder().workers(1).jvmArgs(DieAt.options("condition.taken")).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TaskFuture<Object> first =
          doomed.submit(
              () -> {
                lock.lock();
                value.incrementAndGet();
                condition.await();
                return null;
              });
      await().until(() -> value.get() == 1);
      lock.lock();
      condition.signal();
      Future<Boolean> other =
          threads.submit(
              () -> {
                lock.lock();
                if (!lock.wasAbandoned()) { // else the first was faster
                  condition.await();
                }
                boolean abandoned = lock.wasAbandoned();
                lock.unlock();
                return abandoned;
              });
      lock.unlock();

      assertThat(other.get(10, SECONDS)).isTrue();
      assertThatThrownBy(first::get).hasCauseInstanceOf(WorkerCrashedException.class);
    }
  }

  @Test
  void timeAndInterruptsEndAWaitWithTheLockHeldAsOftenAsBefore() throws Exception {
    lock.lock();
    lock.lock();
    assertThat(condition.await(5, MILLISECONDS)).isFalse();
    assertThat(condition.awaitNanos(1000)).isNegative();
    assertThat(lock.holdCount()).isEqualTo(2);

    Thread.currentThread().interrupt();
    assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
    assertThat(lock.holdCount()).isEqualTo(2);
    lock.unlock();
    lock.unlock();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void itIsItsOwnersOnly() {
    assertThatThrownBy(condition::await).isInstanceOf(IllegalMonitorStateException.class);
    assertThatThrownBy(condition::signal).isInstanceOf(IllegalMonitorStateException.class);
    assertThatThrownBy(condition::signalAll).isInstanceOf(IllegalMonitorStateException.class);
  }

  @Test
  void aLockHasThirtyConditionsAtMost() {
    for (int i = 1; i < 30; i++) {
      lock.newCondition();
    }
    assertThatThrownBy(lock::newCondition)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("30");
  }
}
