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
import dev.telar.testing.DieAt;
import dev.telar.testing.Fault;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedBarrierTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void nobodyBeginsARoundBeforeAllHaveEndedTheLast() throws Exception {
    SharedBarrier barrier = shared.barrier(3);
    SharedLong steps = shared.longValue(0);
    int rounds = 200;
    try (var pool = Pool.processes(3)) {
      List<TaskFuture<Long>> parties =
          IntStream.range(0, 3)
              .mapToObj(
                  _ ->
                      pool.submit(
                          () -> {
                            long wrong = 0;
                            for (int round = 1; round <= rounds; round++) {
                              steps.incrementAndGet();
                              barrier.await();
                              wrong += steps.get() == 3L * round ? 0 : 1;
                              barrier.await();
                            }
                            return wrong;
                          }))
              .toList();
      for (TaskFuture<Long> party : parties) {
        assertThat(party.get(40, SECONDS)).isZero();
      }
    }
    assertThat(barrier.isBroken()).isFalse();
    assertThat(barrier.getNumberWaiting()).isZero();
  }

  @Test
  void aPartyThatDiesWhileItWaitsBreaksIt() throws Exception {
    SharedBarrier barrier = shared.barrier(3);
    try (var doomed = Worker.process("doomed", barrier::await);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      doomed.start();
      await().until(() -> barrier.getNumberWaiting() == 1);
      Future<Integer> other = threads.submit(() -> barrier.await());
      await().until(() -> barrier.getNumberWaiting() == 2);

      doomed.kill();

      assertThatThrownBy(() -> other.get(10, SECONDS))
          .hasCauseInstanceOf(BrokenBarrierException.class);
    }
    assertThat(barrier.isBroken()).isTrue();
    assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
    barrier.reset();
    assertThat(barrier.isBroken()).isFalse();
    assertThatThrownBy(() -> barrier.await(5, MILLISECONDS)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void aPartyThatDiesBetweenTwoRoundsBreaksIt() throws Exception {
    SharedBarrier barrier = shared.barrier(2);
    try (var doomed =
        Worker.process(
            "doomed",
            () -> {
              barrier.await();
              Fault.KILL.strike();
            })) {
      doomed.start();
      barrier.await(20, SECONDS);
      assertThatThrownBy(() -> barrier.await(20, SECONDS))
          .isInstanceOf(BrokenBarrierException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"barrier.entered", "barrier.arrived", "barrier.tripping", "barrier.tripped"})
  void aDeathAtAnyStepOfTheLastPartyKeepsNobodyWaiting(String label) throws Exception {
    SharedBarrier barrier = shared.barrier(2);
    try (var pool = ProcessPool.builder().workers(1).jvmArgs(DieAt.options(label)).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> waiting = threads.submit(() -> barrier.await());
      await().until(() -> barrier.getNumberWaiting() == 1);
      TaskFuture<Integer> doomed = pool.submit(() -> barrier.await());
      if (label.equals("barrier.tripped")) {
        assertThat(waiting.get(30, SECONDS)).isEqualTo(1);
      } else {
        assertThatThrownBy(() -> waiting.get(30, SECONDS))
            .hasCauseInstanceOf(BrokenBarrierException.class);
      }
      assertThatThrownBy(doomed::get).isNotNull();
    }
  }

  @Test
  void whoGivesUpBreaksItForTheOthers() throws Exception {
    SharedBarrier barrier = shared.barrier(3);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> other = threads.submit(() -> barrier.await());
      await().until(() -> barrier.getNumberWaiting() == 1);
      assertThatThrownBy(() -> barrier.await(5, MILLISECONDS)).isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> other.get(10, SECONDS))
          .hasCauseInstanceOf(BrokenBarrierException.class);

      barrier.reset();
      Thread.currentThread().interrupt();
      assertThatThrownBy(barrier::await).isInstanceOf(InterruptedException.class);
      assertThat(barrier.isBroken()).isTrue();

      barrier.reset();
      Future<Integer> third = threads.submit(() -> barrier.await());
      await().until(() -> barrier.getNumberWaiting() == 1);
      barrier.reset();
      assertThatThrownBy(() -> third.get(10, SECONDS))
          .hasCauseInstanceOf(BrokenBarrierException.class);
      assertThat(barrier.isBroken()).isFalse();
    }
  }
}
