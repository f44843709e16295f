package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedBarrier;
import dev.telar.testing.Fault;
import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which task runs where, and which is blamed.
class SchedulingTest {

  @TempDir Path folder;

  @Test
  void shortTasksDoNotWaitBehindALongOne() throws Exception {
    try (var pool = Pool.processes(2)) {
      await().until(() -> pool.pids().size() == 2); // both are up
      for (int round = 0; round < 10; round++) {
        TaskFuture<Void> longOne = pool.submit(() -> Thread.sleep(60_000));
        var shortOnes =
            IntStream.range(0, 6).mapToObj(i -> pool.submit(() -> Thread.sleep(1))).toList();
        long start = System.nanoTime();
        for (var task : shortOnes) {
          task.get(20, SECONDS);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(longOne.isDone()).isFalse();
        longOne.cancel(true);
      }
    }
  }

  /// A worker whose only task is taken back by another one has nothing to do, and must be known to.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void tasksThatWaitForEachOtherMeetIfThereIsAWorkerForEach(int workers) throws Exception {
    try (var shared = Shared.open();
        var pool = Pool.processes(workers)) {
      SharedBarrier barrier = shared.barrier(workers);
      await().until(() -> pool.pids().size() == workers);
      for (int round = 0; round < 10_000 / workers; round++) {
        var all =
            IntStream.range(0, workers).mapToObj(_ -> pool.submit(() -> barrier.await())).toList();
        try {
          for (TaskFuture<Integer> each : all) {
            each.get(10, SECONDS);
          }
        } catch (TimeoutException e) {
          String dump = pool.dump();
          pool.shutdownNow();
          throw new AssertionError("round " + round + "\n" + dump, e);
        }
      }
    }
  }

  @Test
  void aSecondLongTaskSentAheadBehindTheFirstIsTakenBackByTheIdleWorker() throws Exception {
    try (var pool = Pool.processes(2)) {
      Mark end = Mark.in(folder, "end");
      Tally ran = Tally.in(folder, "ran");
      TaskFuture<Void> first = pool.submit(() -> end.await());
      TaskFuture<Void> second = pool.submit(() -> Thread.sleep(50));
      var others = IntStream.range(0, 10).mapToObj(i -> pool.submit(() -> ran.add(i))).toList();
      for (var task : others) {
        task.get(20, SECONDS);
      }
      second.get(20, SECONDS);
      assertThat(first.isDone()).isFalse();
      end.set();
      first.get(20, SECONDS);
      assertThat(ran.lines()).hasSize(10).doesNotHaveDuplicates();
    }
  }

  @Test
  void aKilledWorkerCostsOnlyItsTask() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    Mark go = Mark.in(folder, "go");
    try (var pool = Pool.processes(1)) {
      TaskFuture<Void> deadly =
          pool.submit(
              () -> {
                ran.add("deadly");
                go.await();
                Fault.KILL.strike();
              });
      List<TaskFuture<Integer>> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        others.add(
            pool.submit(
                () -> {
                  ran.add(number);
                  return number;
                }));
      }
      go.set();
      for (int i = 0; i < 20; i++) {
        assertThat(others.get(i).get(20, SECONDS)).isEqualTo(i);
      }
      assertThat(PoolContract.failure(deadly::get)).isInstanceOf(WorkerCrashedException.class);
      assertThat(ran.lines()).hasSize(21).doesNotHaveDuplicates();
    }
  }

  @Test
  void manyCrashesAmongManyTasksBlameExactlyTheirOwn() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    try (var pool = Pool.processes(2)) {
      List<TaskFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        futures.add(
            pool.submit(
                () -> {
                  ran.add(number);
                  if (number % 20 == 7) {
                    Fault.HALT.strike();
                  }
                  return number;
                }));
      }
      for (int i = 0; i < 100; i++) {
        TaskFuture<Integer> future = futures.get(i);
        if (i % 20 == 7) {
          assertThat(PoolContract.failure(() -> future.get(30, SECONDS)))
              .isInstanceOf(WorkerCrashedException.class);
        } else {
          assertThat(future.get(30, SECONDS)).isEqualTo(i);
        }
      }
      assertThat(ran.lines()).hasSize(100).doesNotHaveDuplicates();
    }
  }

  @Test
  void allTasksOfAWorkerWithThreadsDieWithItAndNoOther() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    try (var pool = ProcessPool.builder().workers(1).threadsPerWorker(2).build()) {
      TaskFuture<Void> victim =
          pool.submit(
              () -> {
                ran.add("victim");
                Thread.sleep(60_000);
              });
      TaskFuture<Void> deadly =
          pool.submit(
              () -> {
                while (ran.count() < 1) {
                  Thread.sleep(1);
                }
                ran.add("deadly");
                Fault.HALT.strike();
              });
      var waiting = IntStream.range(0, 10).mapToObj(i -> pool.submit(() -> ran.add(i))).toList();
      assertThat(PoolContract.failure(() -> victim.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      assertThat(PoolContract.failure(() -> deadly.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      for (var task : waiting) {
        task.get(20, SECONDS);
      }
      assertThat(ran.lines()).hasSize(12).doesNotHaveDuplicates();
    }
  }

  @Test
  void aTaskIsRetriedAfterTheDeathOfItsWorker() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    Task<Integer> task =
        () -> {
          ran.add("x");
          if (ran.count() < 3) {
            Fault.HALT.strike();
          }
          return ran.count();
        };
    try (var pool = Pool.processes(1)) {
      var retrying = pool.with(TaskOptions.defaults().retries(2));
      assertThat(retrying.submit(task).get(30, SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void retriesEnd() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    try (var pool = Pool.processes(1)) {
      TaskFuture<Void> future =
          pool.with(TaskOptions.defaults().retries(1))
              .submit(
                  () -> {
                    ran.add("x");
                    Fault.HALT.strike();
                  });
      assertThat(PoolContract.failure(() -> future.get(30, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      assertThat(ran.count()).isEqualTo(2);
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void exceptionsAndTimeoutsAreNotRetried() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    Tally timed = Tally.in(folder, "timed");
    try (var pool = ProcessPool.builder().workers(1).grace(Duration.ofMillis(20)).build()) {
      var retrying = pool.with(TaskOptions.defaults().retries(5));
      TaskFuture<Void> failing =
          retrying.submit(
              () -> {
                ran.add("x");
                throw new IOException("no");
              });
      assertThat(PoolContract.failure(failing::get)).isInstanceOf(IOException.class);
      assertThat(ran.count()).isEqualTo(1);
      TaskFuture<Void> slow =
          retrying
              .with(TaskOptions.defaults().timeout(Duration.ofMillis(50)))
              .submit(
                  () -> {
                    timed.add("x");
                    new Mark("/nowhere").awaitStubbornly();
                  });
      assertThat(PoolContract.failure(() -> slow.get(30, SECONDS)))
          .isInstanceOf(TaskTimeoutException.class);
      assertThat(timed.count()).isLessThanOrEqualTo(1); // it may not have come that far
    }
  }

  @Test
  void theChunkOfAMapIsRetriedWhole() {
    Tally ran = Tally.in(folder, "ran");
    try (var pool = Pool.processes(2)) {
      List<Integer> results =
          pool.with(TaskOptions.defaults().retries(1).chunkSize(10))
              .map(
                  x -> {
                    ran.add(x);
                    if (x == 25 && ran.lines().stream().filter("25"::equals).count() == 1) {
                      Fault.HALT.strike();
                    }
                    return x;
                  },
                  IntStream.range(0, 50).boxed().toList());
      assertThat(results).isEqualTo(IntStream.range(0, 50).boxed().toList());
      assertThat(ran.lines().stream().filter("25"::equals)).hasSize(2);
      assertThat(ran.lines().stream().filter("5"::equals)).hasSize(1);
    }
  }

  @Test
  void aCrashWithoutRetriesFailsTheMap() {
    try (var pool = Pool.processes(2)) {
      assertThatThrownBy(
              () ->
                  pool.map(
                      x -> {
                        if (x == 9) {
                          Fault.EXIT.strike();
                        }
                        return x;
                      },
                      IntStream.range(0, 50).boxed().toList()))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(WorkerCrashedException.class);
    }
  }

  @Test
  void theFirstTaskRunsAsSoonAsTheFirstWorkerIsUp() throws Exception {
    Mark secondMayStart = Mark.in(folder, "second-may-start");
    Tally starts = Tally.in(folder, "starts");
    try (var pool =
        ProcessPool.builder()
            .workers(2)
            .initializer(
                () -> {
                  starts.add(ProcessHandle.current().pid());
                  if (starts.lines().indexOf(String.valueOf(ProcessHandle.current().pid())) > 0) {
                    secondMayStart.await();
                  }
                })
            .build()) {
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
      assertThat(secondMayStart.isSet()).isFalse();
      secondMayStart.set();
    }
  }
}
