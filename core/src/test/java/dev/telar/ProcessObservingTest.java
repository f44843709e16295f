package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import dev.telar.testing.Events;
import dev.telar.testing.Fault;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import dev.telar.testing.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pool of processes tells of its workers.
class ProcessObservingTest {

  @TempDir Path folder;
  private final Events events = new Events();

  private static List<String> kinds(List<PoolEvent.OfWorker> events) {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private List<PoolEvent.OfWorker> storyOf(long pid) {
    return events.of(PoolEvent.OfWorker.class).stream().filter(e -> e.pid() == pid).toList();
  }

  @Test
  void theLifeOfAWorkerIsTold() throws Exception {
    long pid;
    try (var pool = ProcessPool.builder().workers(1).listener(events).build()) {
      pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
    }
    events.awaitFirst(PoolEvent.WorkerEnded.class, event -> event.pid() == pid);
    assertThat(kinds(storyOf(pid))).containsExactly("WorkerStarted", "WorkerReady", "WorkerEnded");
    assertThat(events.awaitFirst(PoolEvent.WorkerReady.class).starting()).isPositive();
  }

  @Test
  void theDeathOfAWorkerIsToldWithItsCause() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).listener(events).build()) {
      TaskFuture<Void> future = pool.submit(() -> Fault.HALT.strike());
      assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      var died = events.awaitFirst(PoolEvent.WorkerDied.class);
      assertThat(died.death().cause()).isEqualTo(CrashCause.HALTED);
      assertThat(died.pid()).isEqualTo(died.death().pid());
      var failed = events.awaitFirst(PoolEvent.TaskFailed.class);
      assertThat(failed.error()).isInstanceOf(WorkerCrashedException.class);
    }
  }

  @Test
  void aWorkerThatIsReplacedIsToldWithTheReason() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).tasksPerWorker(2).listener(events).build()) {
      for (int i = 0; i < 3; i++) {
        pool.submit(() -> 1).get(20, SECONDS);
      }
      assertThat(events.awaitFirst(PoolEvent.WorkerRecycled.class).reason()).contains("2 tasks");
    }
  }

  @Test
  void retriesAreCountedAndToldAsAttempts() throws Exception {
    Mark died = Mark.in(folder, "died");
    try (var pool = ProcessPool.builder().workers(1).listener(events).build()) {
      int result =
          pool.with(TaskOptions.defaults().retries(1))
              .submit(
                  () -> {
                    if (!died.isSet()) {
                      died.set();
                      Thread.sleep(100); // long enough to be seen
                      Fault.HALT.strike();
                    }
                    return 5;
                  })
              .get(20, SECONDS);
      assertThat(result).isEqualTo(5);
      assertThat(pool.stats().retried()).isEqualTo(1);
      assertThat(pool.stats().completed()).isEqualTo(1);
      assertThat(pool.stats().failed()).isZero();
      events.awaitFirst(PoolEvent.TaskStarted.class, started -> started.attempt() == 2);
    }
  }

  @Test
  void aChunkThatIsTakenApartIsCountedRight() {
    try (var pool = ProcessPool.builder().workers(2).listener(events).build()) {
      var options = TaskOptions.defaults().chunkSize(10).retries(1);
      List<Outcome<Integer>> outcomes =
          pool.with(options)
              .outcomes()
              .map(
                  x -> {
                    if (x == 5) {
                      Fault.HALT.strike();
                    }
                    return x;
                  },
                  IntStream.range(0, 20).boxed().toList());
      assertThat(outcomes.stream().filter(Outcome::isValue)).hasSize(19);
      PoolStats stats = pool.stats();
      assertThat(stats.submitted()).isEqualTo(20);
      assertThat(stats.completed()).isEqualTo(19);
      assertThat(stats.failed()).isEqualTo(1);
      assertThat(stats.retried()).isEqualTo(6);
      assertThat(stats.pending()).isZero();
    }
  }

  @Test
  void aWorkerTellsItsMemoryItsTimeAndWhereItWent() throws Exception {
    try (var pool = Pool.processes(1)) {
      byte[] large = new byte[4 << 20];
      pool.submit(() -> large.length).get(20, SECONDS);
      pool.submit(() -> new int[2_000_000]).get(20, SECONDS);
      pool.submit(() -> Thread.sleep(30)).get(20, SECONDS);
      assertThat(pool.map(x -> x + 1, IntStream.range(0, 1000).boxed().toList())).hasSize(1000);
      WorkerStats worker = pool.stats().workers().getFirst();
      assertThat(worker.pid()).isEqualTo(pool.pids().getFirst());
      assertThat(worker.tasksDone()).isEqualTo(1003);
      assertThat(worker.memory()).isBetween(20L << 20, 4L << 30);
      assertThat(worker.cpu()).isPositive();
      assertThat(worker.starting()).isPositive();
      assertThat(worker.decoding()).isPositive();
      assertThat(worker.encoding()).isPositive();
      assertThat(worker.computing()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }
  }

  @Test
  void jobsThatWaitInAWorkerAreSeen() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = Pool.processes(1)) {
      TaskFuture<Void> running = pool.submit(() -> end.await());
      pool.submit(() -> 1);
      await().until(() -> pool.stats().workers().getFirst().waiting() == 1);
      assertThat(pool.stats().pending()).isEqualTo(2);
      end.set();
      running.get(20, SECONDS);
    }
  }

  @Test
  void aWorkerThatDoesNotAnswerIsSaidSoInTime() throws Exception {
    Mark started = Mark.in(folder, "started");
    try (var pool = Pool.processes(1)) {
      TaskFuture<Void> future =
          pool.submit(
              () -> {
                started.set();
                Thread.sleep(60_000);
              });
      started.await();
      long pid = pool.pids().getFirst();
      Processes.stop(pid);
      try {
        long before = System.nanoTime();
        assertThat(pool.dump()).contains("no stack: its worker does not answer");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      } finally {
        Processes.resume(pid);
      }
      await().untilAsserted(() -> assertThat(pool.dump()).contains("Thread.sleep"));
      future.cancel(true);
    }
  }

  @Test
  void aLockWhoseOwnerDiedIsToldWhenItIsTakenHere() throws Exception {
    try (var shared = Shared.open();
        var pool = ProcessPool.builder().workers(1).listener(events).build()) {
      SharedLock lock = shared.lock();
      TaskFuture<Void> future =
          pool.submit(
              () -> {
                lock.lock();
                Fault.KILL.strike();
              });
      var crash = (WorkerCrashedException) PoolContract.failure(() -> future.get(20, SECONDS));
      assertThat(lock.tryLock(20, SECONDS)).isTrue();
      var told = events.awaitFirst(PoolEvent.LockAbandoned.class);
      assertThat(told.pid()).isIn(crash.pid(), 0L); // 0: its successor has its place already
      assertThat(told.lock()).contains("Lock");
    }
  }

  /// A pool in a JVM that has no Flight Recorder.
  static final class WithoutFlightRecorder {
    public static void main(String[] args) throws Exception {
      try (var pool = Pool.processes(1)) {
        System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        System.out.println(pool.submit(() -> 1).get() + pool.stats().completed());
      }
    }
  }

  @Test
  void aJvmWithoutFlightRecorderHasPools() {
    try (var program =
        JavaProgram.start(
            List.of("--limit-modules", "java.base,java.logging,jdk.net,jdk.unsupported"),
            List.of(),
            WithoutFlightRecorder.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out()).as(outcome.err()).isEqualTo("false\n2\n");
    }
  }
}
