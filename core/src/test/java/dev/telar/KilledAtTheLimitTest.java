package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Native;
import dev.telar.testing.Processes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that do not listen to interrupts are killed with their worker.
class KilledAtTheLimitTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final TaskOptions LIMITED = TaskOptions.defaults().timeout(LIMIT);

  @TempDir Path folder;

  private static ProcessPoolBuilder pool(Duration grace) {
    return ProcessPool.builder().workers(1).grace(grace).jvmArgs(Native.ACCESS);
  }

  private static Object spinHere(Mark end) {
    end.awaitStubbornly();
    return "ended";
  }

  private static TaskTimeoutException timeout(TaskFuture<?> future) {
    Throwable failure = PoolContract.failure(() -> future.get(30, SECONDS));
    assertThat(failure).isInstanceOf(TaskTimeoutException.class);
    return (TaskTimeoutException) failure;
  }

  @Test
  void aKilledTaskShowsWhereItWas() throws Exception {
    Mark never = Mark.in(folder, "never");
    try (var pool = pool(Duration.ofMillis(300)).build()) {
      assertThat(timeout(pool.with(LIMITED).submit(() -> spinHere(never))).getStackTrace())
          .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("spinHere"));
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void evenWithoutAnyGrace() throws Exception {
    Mark never = Mark.in(folder, "never");
    try (var pool = pool(Duration.ZERO).build()) {
      pool.submit(() -> 1).get(30, SECONDS); // up and warm
      long start = System.nanoTime();
      TaskFuture<Object> spinning = pool.with(LIMITED).submit(() -> spinHere(never));
      await().until(() -> pool.dump().contains("spinHere") || spinning.isDone()); // warm, too
      TaskTimeoutException e = timeout(spinning);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plusSeconds(10));
      assertThat(e.getStackTrace())
          .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("spinHere"));
    }
  }

  @Test
  void aStoppedProcessIsKilledAndTheExceptionSaysThatItWasStopped() throws Exception {
    try (var pool = pool(Duration.ofMillis(300)).build()) {
      TaskTimeoutException e = timeout(pool.with(LIMITED).submit(() -> Native.signal("STOP")));
      assertThat(e.getStackTrace()).isEmpty();
      assertThat(e.noStackReason().orElseThrow()).contains("SIGSTOP");
      assertThat(e).hasMessageContaining("its stack is not known: its worker process was stopped");
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void aThreadThatTheJvmCannotLookIntoIsKilledAllTheSame() throws Exception {
    try (var pool = pool(Duration.ofMillis(300)).build()) {
      long start = System.nanoTime();
      TaskTimeoutException e = timeout(pool.with(LIMITED).submit(() -> Native.sleepUnseen(25)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      assertThat(e.getStackTrace()).isEmpty();
      assertThat(e.noStackReason().orElseThrow()).contains("native call");
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void whatATaskHasStartedDiesWithIt() throws Exception {
    Mark never = Mark.in(folder, "never");
    try (var pool = pool(Duration.ZERO).build()) {
      Path file = folder.resolve("pid");
      TaskFuture<Object> future =
          pool.with(LIMITED.timeout(Duration.ofSeconds(3)))
              .submit(
                  () -> {
                    Process child =
                        new ProcessBuilder("sh", "-c", "trap '' TERM; sleep 300 & wait").start();
                    java.nio.file.Files.writeString(Path.of(file(never)), "" + child.pid());
                    return spinHere(never);
                  });
      timeout(future);
      long child = Long.parseLong(java.nio.file.Files.readString(file));
      await().until(() -> !Processes.isAlive(child));
    }
  }

  private static String file(Mark mark) {
    return Path.of(mark.path()).resolveSibling("pid").toString();
  }

  @Test
  void neighboursInTheSameWorkerAreToldOfIt() throws Exception {
    Mark never = Mark.in(folder, "never");
    try (var pool = pool(Duration.ofMillis(100)).threadsPerWorker(2).build()) {
      Mark started = Mark.in(folder, "started");
      TaskFuture<Object> neighbour =
          pool.submit(
              () -> {
                started.set();
                return spinHere(never);
              });
      started.await();
      TaskFuture<Object> culprit = pool.with(LIMITED.name("culprit")).submit(() -> spinHere(never));
      timeout(culprit);
      assertThat(PoolContract.failure(() -> neighbour.get(30, SECONDS)))
          .isInstanceOfSatisfying(
              WorkerCrashedException.class,
              e -> assertThat(e.crashCause()).isEqualTo(CrashCause.LIMIT_EXCEEDED))
          .hasMessageContaining("because culprit, which ran in it, exceeded its time limit");
    }
  }

  @Test
  void neighboursWithRetriesRunElsewhere() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = pool(Duration.ofMillis(100)).threadsPerWorker(2).build()) {
      Mark started = Mark.in(folder, "started");
      TaskFuture<Object> neighbour =
          pool.with(TaskOptions.defaults().retries(1))
              .submit(
                  () -> {
                    started.set();
                    return spinHere(end);
                  });
      started.await();
      timeout(pool.with(LIMITED).submit(() -> spinHere(end)));
      assertThat(neighbour).isNotDone();
      end.set();
      assertThat(neighbour.get(30, SECONDS)).isEqualTo("ended");
    }
  }

  @Test
  void aCancelledTaskThatDoesNotListenIsKilledWithoutAnyGrace() throws Exception {
    Mark never = Mark.in(folder, "never");
    Mark started = Mark.in(folder, "started");
    try (var pool = pool(Duration.ZERO).build()) {
      TaskFuture<Object> future =
          pool.submit(
              () -> {
                started.set();
                return spinHere(never);
              });
      started.await();
      long pid = pool.pids().getFirst();
      future.cancel(true);
      await().until(() -> !Processes.isAlive(pid));
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
    }
  }
}
