package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Fault;
import dev.telar.testing.JavaProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Workers that do not come up, or die as soon as they have.
class DyingWorkersTest {

  @Test
  @Timeout(20)
  void anEnvironmentThatNoProcessCanHaveFailsTheTask() {
    try (var pool = ProcessPool.builder().workers(1).environment("A=B", "c").build()) {
      // refused at once if the pool has found out already, else failed
      assertThatThrownBy(() -> pool.submit(() -> 1).get())
          .hasStackTraceContaining(WorkerStartException.class.getName())
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void workersThatDieAsSoonAsTheyAreReadyComeMoreAndMoreSlowly() {
    try (var pool = Pool.processes(1)) {
      var deaths = new ArrayList<Long>();
      for (int i = 0; i < 4; i++) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !pool.pids().isEmpty());
        deaths.add(System.nanoTime());
        var worker = ProcessHandle.of(pool.pids().getFirst()).orElseThrow();
        worker.destroyForcibly();
        worker.onExit().join();
        await().until(() -> !pool.pids().contains(worker.pid()));
      }
      assertThat(Duration.ofNanos(deaths.get(3) - deaths.get(2)))
          .isGreaterThanOrEqualTo(Duration.ofMillis(750));
    }
  }

  /// A worker that is started while this JVM ends.
  static final class LateWorker {
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(LateWorker::startLate));
      System.exit(0);
    }

    private static void startLate() {
      try (var worker = Worker.process("late", () -> {})) {
        worker.start();
      } catch (IllegalStateException e) {
        System.out.println("refused");
      }
      System.out.println("closed");
    }
  }

  @Test
  void aWorkerThatCannotBeStartedCanBeClosed() {
    try (var program = JavaProgram.start(LateWorker.class)) {
      assertThat(program.await().out()).isEqualTo("refused\nclosed\n");
    }
  }

  @Test
  void resultsThatWereWrittenBeforeTheDeathOfAWorkerAreDelivered() throws Exception {
    var death = new CompletableFuture<ProcessHandle>();
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            // the parent does not read on before the worker is dead
            .outputHandler((worker, error, line) -> death.join())
            .build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      ProcessHandle.of(pid).orElseThrow().onExit().thenAccept(death::complete);
      for (int i = 0; i < 50; i++) { // so that several are sent ahead
        pool.submit(() -> 0).get(20, SECONDS);
      }
      TaskFuture<String> first =
          pool.submit(
              () -> {
                System.out.println("a line");
                return "a";
              });
      TaskFuture<String> second = pool.submit(() -> "b");
      TaskFuture<String> third = pool.submit(() -> "c");
      TaskFuture<Void> deadly = pool.submit(() -> Fault.HALT.strike());
      assertThat(first.get(20, SECONDS)).isEqualTo("a");
      assertThat(second.get(20, SECONDS)).isEqualTo("b");
      assertThat(third.get(20, SECONDS)).isEqualTo("c");
      assertThat(PoolContract.failure(() -> deadly.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
    }
  }

  @Test
  void resultsThatWereWrittenBeforeTelarKilledTheWorkerAreDelivered() throws Exception {
    var death = new CompletableFuture<ProcessHandle>();
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .grace(Duration.ZERO)
            // the parent does not read on before the worker is dead
            .outputHandler((worker, error, line) -> death.join())
            .build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      ProcessHandle.of(pid).orElseThrow().onExit().thenAccept(death::complete);
      for (int i = 0; i < 50; i++) { // so that several are sent ahead
        pool.submit(() -> 0).get(20, SECONDS);
      }
      TaskFuture<String> first =
          pool.submit(
              () -> {
                System.out.println("a line");
                return "a";
              });
      var limit = TaskOptions.defaults().timeout(Duration.ofMillis(300));
      TaskFuture<String> second = pool.with(limit).submit(() -> "b");
      TaskFuture<Integer> hung =
          pool.with(limit)
              .submit(
                  () -> {
                    Thread.sleep(Duration.ofMinutes(5));
                    return 1;
                  });
      assertThat(first.get(20, SECONDS)).isEqualTo("a");
      assertThat(second.get(20, SECONDS)).as("ended in time, was read late").isEqualTo("b");
      assertThat(PoolContract.failure(() -> hung.get(20, SECONDS)))
          .isInstanceOf(TaskTimeoutException.class);
    }
  }

  @Test
  void aTaskThatEndedInTimeIsNotLateBecauseItsResultIsReadLate() throws Exception {
    var read = new CountDownLatch(1);
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .outputHandler((worker, error, line) -> awaitQuietly(read))
            .build()) {
      for (int i = 0; i < 50; i++) { // so that several are sent ahead
        pool.submit(() -> 0).get(20, SECONDS);
      }
      TaskFuture<Void> printing = pool.submit(() -> System.out.println("a line"));
      var limit = TaskOptions.defaults().timeout(Duration.ofMillis(200));
      TaskFuture<String> inTime = pool.with(limit).submit(() -> "b");
      await().until(() -> pool.stats().workers().getFirst().tasksDone() >= 52);
      Thread.sleep(600); // its limit is over
      read.countDown();
      printing.get(20, SECONDS);
      assertThat(inTime.get(20, SECONDS)).isEqualTo("b");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
