package dev.telar;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.Engine;
import dev.telar.testing.Fault;
import dev.telar.testing.Mark;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What must never hang, and costs one task only. Each test ends by using its pool again.
class NeverHangTest {

  private static ProcessPool pool;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    pool = Pool.processes(2);
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  private static void assertWorks(Pool pool) throws Exception {
    assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
    assertThat(pool.map(x -> x + 1, List.of(1, 2, 3))).containsExactly(2, 3, 4);
  }

  private static void assertBlames(Fault fault, TaskFuture<?> future) throws Exception {
    Throwable failure = PoolContract.failure(() -> future.get(30, SECONDS));
    switch (fault) {
      case CRASH, KILL ->
          assertThat(failure)
              .isInstanceOfSatisfying(
                  WorkerCrashedException.class,
                  crash -> {
                    assertThat(crash.signal()).hasValue(fault == Fault.KILL ? 9 : 11);
                    assertThat(crash.exitCode()).isEmpty();
                    assertThat(crash.pid()).isPositive();
                    assertThat(crash.worker()).isNotEmpty();
                  });
      case HALT, EXIT ->
          assertThat(failure)
              .isInstanceOfSatisfying(
                  WorkerCrashedException.class,
                  crash -> {
                    assertThat(crash.exitCode()).hasValue(7);
                    assertThat(crash.signal()).isEmpty();
                  });
      case EXCEPTION, ERROR -> assertThat(failure).hasStackTraceContaining("struck");
    }
    assertWorks(pool);
  }

  @ParameterizedTest
  @EnumSource
  void aFaultWhileTheTaskIsRead(Fault fault) throws Exception {
    var captured = new Fault.WhenRead(fault);
    assertBlames(fault, pool.submit(() -> captured.size()));
  }

  @ParameterizedTest
  @EnumSource
  void aFaultWhileTheTaskRuns(Fault fault) throws Exception {
    assertBlames(fault, pool.submit(() -> fault.strike()));
  }

  @ParameterizedTest
  @EnumSource
  void aFaultWhileTheResultIsWritten(Fault fault) throws Exception {
    assertBlames(fault, pool.submit(() -> new Fault.WhenWritten(fault)));
  }

  @ParameterizedTest
  @EnumSource
  void aFaultWhileTheParentWritesTheTask(Fault fault) throws Exception {
    if (!fault.deadly()) {
      var captured = new Fault.WhenWritten(fault);
      assertThatThrownBy(() -> pool.submit(() -> captured.size()))
          .hasStackTraceContaining("struck");
    }
    assertWorks(pool);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCEPTION", "ERROR"})
  void aFaultWhileTheParentReadsTheResult(Fault fault) throws Exception {
    assertBlames(fault, pool.submit(() -> new Fault.WhenRead(fault)));
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "EXIT", "EXCEPTION"})
  void aFaultInTheFunctionOfAMap(Fault fault) throws Exception {
    assertThatThrownBy(
            () ->
                pool.map(
                    x -> {
                      if (x == 30) {
                        fault.strike();
                      }
                      return x;
                    },
                    IntStream.range(0, 60).boxed().toList()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(
            fault.deadly() ? WorkerCrashedException.class : IllegalStateException.class);
    assertWorks(pool);
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "EXIT", "EXCEPTION"})
  void aFaultInTheFunctionOfAStream(Fault fault) throws Exception {
    try (Stream<Integer> results =
        pool.with(TaskOptions.defaults().chunkSize(1)).stream(
            x -> {
              if (x == 5) {
                fault.strike();
              }
              return x;
            },
            IntStream.range(0, 60).boxed().toList())) {
      var iterator = results.iterator();
      for (int i = 0; i < 5; i++) {
        assertThat(iterator.next()).isEqualTo(i);
      }
      assertThatThrownBy(iterator::next).isInstanceOf(RuntimeException.class);
    }
    assertWorks(pool);
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "HALT", "EXCEPTION"})
  void aFaultWhileAnItemIsRead(Fault fault) throws Exception {
    var items = List.of(new Fault.WhenRead(fault), new Fault.WhenRead(fault));
    assertThatThrownBy(() -> pool.map(item -> item.size(), items))
        .isInstanceOf(CompletionException.class);
    assertWorks(pool);
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "HALT", "EXCEPTION"})
  void aFaultWhileTheResultOfAnItemIsWritten(Fault fault) throws Exception {
    assertThatThrownBy(() -> pool.map(x -> new Fault.WhenWritten(fault), List.of(1, 2)))
        .isInstanceOf(CompletionException.class);
    assertWorks(pool);
  }

  @Test
  void anEndlessLoopWhileTheParentReadsTheResult() throws Exception {
    Fault.LoopWhenRead.reset();
    try (var own = Pool.processes(2)) {
      TaskFuture<Object> looping = own.submit(() -> new Fault.LoopWhenRead());
      Fault.LoopWhenRead.awaitReading();
      for (int i = 0; i < 5; i++) {
        assertWorks(own);
      }
      assertThatThrownBy(() -> looping.get(10, MILLISECONDS)).isInstanceOf(TimeoutException.class);
      looping.cancel(true);
      assertThatThrownBy(looping::get).isInstanceOf(CancellationException.class);
      own.close();
      assertThat(own.isTerminated()).isTrue();
    } finally {
      Fault.LoopWhenRead.release();
    }
  }

  @Test
  void shutdownNowDuringAnEndlessLoopWhileTheParentReadsTheResult() throws Exception {
    Fault.LoopWhenRead.reset();
    try (var own = Pool.processes(1)) {
      TaskFuture<Object> looping = own.submit(() -> new Fault.LoopWhenRead());
      Fault.LoopWhenRead.awaitReading();
      own.shutdownNow();
      assertThat(own.awaitTermination(20, SECONDS)).isTrue();
      assertThat(PoolContract.failure(() -> looping.get(20, SECONDS))).isNotNull();
    } finally {
      Fault.LoopWhenRead.release();
    }
  }

  @Test
  void aWorkerDiesWhile64MiBAreOnTheirWayToIt() throws Exception {
    Object[] captured = {new Fault.WhenRead(Fault.KILL), new byte[64 << 20]};
    TaskFuture<Integer> future = pool.submit(() -> captured.length);
    assertBlames(Fault.KILL, future);
  }

  @Test
  void aWorkerIsKilledFromOutsideWhile64MiBAreOnTheirWayToIt() throws Exception {
    try (var own = Pool.processes(1)) {
      long pid = own.submit(() -> ProcessHandle.current().pid()).get();
      byte[] captured = new byte[64 << 20];
      TaskFuture<Integer> future = own.submit(() -> captured.length);
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      // either it was running, or it had not started and runs elsewhere
      Integer length =
          future.exceptionally(e -> e instanceof WorkerCrashedException ? -1 : -2).get(30, SECONDS);
      assertThat(length).isIn(64 << 20, -1);
      assertWorks(own);
    }
  }

  @Test
  void aWorkerDiesWhile64MiBAreOnTheirWayFromIt() throws Exception {
    assertBlames(Fault.KILL, pool.submit(() -> new Fault.WhenWritten(Fault.KILL, 64 << 20)));
  }

  @Test
  void sixtyFourMiBTravelWhole() throws Exception {
    byte[] big = new byte[64 << 20];
    big[12_345_678] = 7;
    TaskFuture<byte[]> future =
        pool.submit(
            () -> {
              big[0] = big[12_345_678];
              return big;
            });
    byte[] result = future.get(40, SECONDS);
    assertThat(result).hasSize(64 << 20);
    assertThat(result[0]).isEqualTo((byte) 7);
    assertThat(result[12_345_678]).isEqualTo((byte) 7);
  }

  @Test
  void everyTaskKillsItsWorkerAndThePoolStillCloses() {
    List<TaskFuture<Void>> futures;
    try (var own = Pool.processes(2)) {
      futures = IntStream.range(0, 8).mapToObj(i -> own.submit(() -> Fault.HALT.strike())).toList();
    }
    assertThat(futures)
        .allSatisfy(
            future ->
                assertThat(PoolContract.failure(future::get))
                    .isInstanceOf(WorkerCrashedException.class));
  }

  @Test
  void theWorkerIsKilledWhileThePoolCloses() throws Exception {
    Mark started = Mark.in(folder, "started");
    var own = Pool.processes(1);
    TaskFuture<Void> future =
        own.submit(
            () -> {
              started.set();
              Thread.sleep(60_000);
            });
    started.await();
    Thread closer = Thread.ofPlatform().start(own::close);
    own.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    closer.join();
    assertThat(PoolContract.failure(future::get)).isInstanceOf(WorkerCrashedException.class);
  }

  @Test
  void killedWhileIdleAWorkerCostsNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      pool.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      // A task that is sent before the death is noticed was never claimed, so it runs elsewhere.
      assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
    }
    assertWorks(pool);
  }

  @Test
  void aCrashLeavesNoFilesBehind() throws Exception {
    assertBlames(Fault.CRASH, pool.submit(() -> Fault.CRASH.strike()));
    String[] left = new File(".").list((dir, name) -> name.matches("(hs_err_pid|core\\.).*"));
    assertThat(left).isEmpty();
  }

  @Test
  void aCrashComesWithTheSummaryOfItsReport() {
    TaskFuture<Void> future = pool.submit(() -> Fault.CRASH.strike());
    assertThat(PoolContract.failure(future::get)).hasMessageContaining("SIGSEGV");
  }

  @ParameterizedTest
  @EnumSource
  void oneThousandVirtualThreadsSubmitAtOnce(Engine engine) throws Exception {
    try (Pool own = engine.open()) {
      var go = new CountDownLatch(1);
      var sum = new AtomicInteger();
      List<Thread> threads =
          IntStream.range(0, 1000)
              .mapToObj(
                  i ->
                      Thread.startVirtualThread(
                          () -> {
                            try {
                              go.await();
                            } catch (InterruptedException e) {
                              throw new IllegalStateException(e);
                            }
                            sum.addAndGet(own.submit(() -> i).join());
                          }))
              .toList();
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(sum).hasValue(499_500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void exceptionsCostOneTaskOnEveryEngine(Engine engine) throws Exception {
    try (Pool own = engine.open()) {
      for (Fault fault : List.of(Fault.EXCEPTION, Fault.ERROR)) {
        for (int i = 0; i < 20; i++) {
          TaskFuture<Void> future = own.submit(() -> fault.strike());
          assertThat(PoolContract.failure(() -> future.get(20, SECONDS))).hasMessage("struck");
        }
        TaskFuture<Void> executed = own.submit(() -> {});
        assertThat(executed.get(20, SECONDS)).isNull();
        assertWorks(own);
      }
    }
  }
}
