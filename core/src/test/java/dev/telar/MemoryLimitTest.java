package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Native;
import dev.telar.testing.Processes;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tasks that want more memory than there is.
class MemoryLimitTest {

  @TempDir Path folder;

  /// Ways to use memory up.
  enum Glutton {
    HEAP {
      @Override
      void eat() {
        var kept = new ArrayList<byte[]>();
        while (true) {
          kept.add(new byte[1 << 20]);
        }
      }
    },
    ARRAY {
      @Override
      void eat() {
        new ArrayList<>(List.of(new long[Integer.MAX_VALUE - 8])).clear();
      }
    },
    METASPACE {
      @Override
      void eat() throws IOException {
        var loaders = new ArrayList<Object>();
        URL[] none = {};
        while (true) {
          var loader = new URLClassLoader(none, Glutton.class.getClassLoader());
          Class<?>[] type = {Runnable.class};
          loaders.add(Proxy.newProxyInstance(loader, type, (proxy, method, arguments) -> null));
          loaders.add(loader);
        }
      }
    },
    DIRECT {
      @Override
      void eat() {
        var kept = new ArrayList<ByteBuffer>();
        while (true) {
          kept.add(ByteBuffer.allocateDirect(1 << 20));
        }
      }
    },
    WRAPPED {
      @Override
      void eat() throws Exception {
        try {
          HEAP.eat();
        } catch (OutOfMemoryError e) {
          throw new ExecutionException("half-way", new IllegalStateException(e));
        }
      }
    };

    abstract void eat() throws Exception;
  }

  private static ProcessPoolBuilder pool() {
    return ProcessPool.builder()
        .workers(1)
        .maxHeap("64m")
        .jvmArgs(Native.ACCESS, "-XX:MaxMetaspaceSize=40m", "-XX:MaxDirectMemorySize=32m");
  }

  private static Throwable failure(TaskFuture<?> future) {
    return PoolContract.failure(() -> future.get(50, SECONDS));
  }

  @ParameterizedTest
  @EnumSource
  void anOutOfMemoryErrorIsToldAndItsWorkerReplaced(Glutton glutton) throws Exception {
    try (var pool = pool().build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
      assertThat(failure(pool.with(TaskOptions.defaults().name("greedy")).submit(glutton::eat)))
          .isInstanceOfSatisfying(
              TaskOutOfMemoryException.class,
              e -> {
                assertThat(e.crashCause()).isEqualTo(CrashCause.OUT_OF_MEMORY);
                assertThat(e.pid()).isEqualTo(pid);
                assertThat(e.task()).isEqualTo("greedy");
              })
          .hasMessageContaining("greedy")
          .hasRootCauseInstanceOf(OutOfMemoryError.class);
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS))
          .isNotEqualTo(pid);
      await().until(() -> !Processes.isAlive(pid));
    }
  }

  @Test
  void anItemOfAMapIsNamed() {
    try (var pool = pool().build()) {
      Pool named = pool.with(TaskOptions.defaults().name("pages").chunkSize(10));
      assertThat(
              PoolContract.failure(
                  () ->
                      named.map(
                          x -> {
                            if (x == 7) {
                              Glutton.HEAP.eat();
                            }
                            return x;
                          },
                          IntStream.range(0, 10).boxed().toList())))
          .isInstanceOfSatisfying(
              TaskOutOfMemoryException.class, e -> assertThat(e.task()).isEqualTo("pages item 7"));
    }
  }

  @Test
  void whatWaitedInTheWorkerRunsInAnother() throws Exception {
    try (var pool = pool().build()) {
      TaskFuture<?> greedy = pool.submit(Glutton.HEAP::eat);
      var waiting = new ArrayList<TaskFuture<Integer>>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        waiting.add(pool.submit(() -> number));
      }
      assertThat(failure(greedy)).isInstanceOf(TaskOutOfMemoryException.class);
      for (int i = 0; i < 50; i++) {
        assertThat(waiting.get(i).get(30, SECONDS)).isEqualTo(i);
      }
    }
  }

  @Test
  void aNeighbourMayFinishWithinTheGracePeriod() throws Exception {
    Mark started = Mark.in(folder, "started");
    Mark end = Mark.in(folder, "end");
    try (var pool = pool().threadsPerWorker(2).grace(Duration.ofSeconds(20)).build()) {
      TaskFuture<Integer> neighbour =
          pool.submit(
              () -> {
                started.set();
                end.await();
                return 5;
              });
      started.await();
      assertThat(failure(pool.submit(Glutton.ARRAY::eat)))
          .isInstanceOf(TaskOutOfMemoryException.class);
      end.set();
      assertThat(neighbour.get(30, SECONDS)).isEqualTo(5);
    }
  }

  @Test
  void aNeighbourThatDoesNotFinishIsToldOfIt() throws Exception {
    Mark started = Mark.in(folder, "started");
    Mark never = Mark.in(folder, "never");
    try (var pool = pool().threadsPerWorker(2).grace(Duration.ofMillis(100)).build()) {
      TaskFuture<?> neighbour =
          pool.submit(
              () -> {
                started.set();
                never.await();
              });
      started.await();
      assertThat(failure(pool.submit(Glutton.ARRAY::eat)))
          .isInstanceOf(TaskOutOfMemoryException.class);
      assertThat(failure(neighbour))
          .isInstanceOfSatisfying(
              WorkerCrashedException.class,
              e -> assertThat(e.crashCause()).isEqualTo(CrashCause.OUT_OF_MEMORY))
          .isNotInstanceOf(TaskOutOfMemoryException.class);
    }
  }

  @Test
  void anErrorInAThreadThatATaskStartedCostsTheWorkerToo() throws Exception {
    Mark never = Mark.in(folder, "never");
    try (var pool = pool().grace(Duration.ofMillis(100)).build()) {
      TaskFuture<?> starter =
          pool.submit(
              () -> {
                Thread.ofPlatform()
                    .start(
                        () -> {
                          throw new OutOfMemoryError("of the test");
                        });
                never.await();
              });
      assertThat(failure(starter))
          .isInstanceOfSatisfying(
              WorkerCrashedException.class,
              e -> assertThat(e.crashCause()).isEqualTo(CrashCause.OUT_OF_MEMORY));
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void whatHadNoMemoryIsNotRetriedHoweverItsWorkerEnded() throws Exception {
    Tally runs = Tally.in(folder, "runs");
    for (String argument : List.of("-XX:+ExitOnOutOfMemoryError", "-Dnothing=1")) {
      try (var pool = pool().jvmArgs(argument).build()) {
        TaskFuture<?> future =
            pool.with(TaskOptions.defaults().retries(2))
                .submit(
                    () -> {
                      runs.add(argument);
                      Glutton.HEAP.eat();
                    });
        assertThat(failure(future)).isInstanceOf(TaskOutOfMemoryException.class);
      }
    }
    assertThat(runs.lines()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void exitOnOutOfMemoryIsToldAsSuch() throws Exception {
    try (var pool = pool().jvmArgs("-XX:+ExitOnOutOfMemoryError").build()) {
      assertThat(failure(pool.submit(Glutton.HEAP::eat)))
          .isInstanceOfSatisfying(
              WorkerCrashedException.class,
              e -> assertThat(e.crashCause()).isEqualTo(CrashCause.OUT_OF_MEMORY));
    }
  }

  // Resident memory.

  @Test
  void nativeMemoryAboveTheLimitKillsTheWorker() throws Exception {
    try (var pool = pool().maxMemory("250m").build()) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
      TaskFuture<?> greedy =
          pool.submit(
              () -> {
                while (true) {
                  Native.take(8 << 20);
                  Thread.sleep(5);
                }
              });
      assertThat(failure(greedy))
          .isInstanceOfSatisfying(
              MemoryLimitExceededException.class,
              e -> {
                assertThat(e.limit()).isEqualTo(250L << 20);
                assertThat(e.peak()).isBetween(250L << 20, 2000L << 20);
                assertThat(e.crashCause()).isEqualTo(CrashCause.LIMIT_EXCEEDED);
              })
          .hasMessageContaining("MiB of memory with what it had started, and its limit is 250 MiB");
      assertThat(pool.submit(() -> 2).get(30, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void anInitializerIsHeldToTheLimitToo() {
    try (var pool =
        pool()
            .maxMemory("250m")
            .initializer(
                () -> {
                  while (true) {
                    Native.take(8 << 20);
                    Thread.sleep(5);
                  }
                })
            .build()) {
      assertThat(PoolContract.failure(() -> pool.submit(() -> 1).get(50, SECONDS)))
          .isInstanceOf(WorkerStartException.class)
          .hasMessageContaining("in its initializer, because it took")
          .hasMessageContaining("its limit is 250 MiB");
    }
  }

  @Test
  void whatATaskHasStartedCounts() throws Exception {
    try (var pool = pool().maxMemory("250m").build()) {
      TaskFuture<?> greedy =
          pool.submit(
              () ->
                  new ProcessBuilder("sh", "-c", "head -c 600m /dev/zero | tail -n 1 | sleep 60")
                      .start()
                      .waitFor());
      assertThat(failure(greedy)).isInstanceOf(MemoryLimitExceededException.class);
    }
  }

  @Test
  void aWorkerWithinItsLimitIsLeftAlone() throws Exception {
    try (var pool = pool().maxMemory("400m").softMaxMemory("380m").build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
      pool.submit(() -> Thread.sleep(1500)).get(30, SECONDS);
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS)).isEqualTo(pid);
    }
  }

  @Test
  void aWorkerAboveItsSoftLimitIsReplacedWhenItsTaskHasEnded() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = pool().softMaxMemory("250m").build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
      TaskFuture<Long> greedy =
          pool.submit(
              () -> {
                Native.take(300 << 20);
                end.await();
                return ProcessHandle.current().pid();
              });
      await().atMost(30, SECONDS).until(() -> !pool.pids().contains(pid));
      assertThat(greedy).isNotDone();
      end.set();
      assertThat(greedy.get(30, SECONDS)).isEqualTo(pid);
      await().until(() -> !Processes.isAlive(pid));
    }
  }

  @Test
  void aSoftLimitThatEveryWorkerExceedsStillLetsEachDoOneTask() throws Exception {
    try (var pool = pool().softMaxMemory("32m").build()) {
      for (int i = 0; i < 5; i++) {
        int number = i;
        assertThat(pool.submit(() -> number).get(30, SECONDS)).isEqualTo(i);
      }
    }
  }

  @Test
  void aLimitThatNoJvmKeepsIsRefused() {
    assertThatThrownBy(() -> ProcessPool.builder().maxMemory("10m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxMemory must be 32 MiB or more, not 10m");
    assertThatThrownBy(() -> ProcessPool.builder().softMaxMemory("lots"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void workersAreTheFirstToBeKilledByTheKernel() throws Exception {
    String file = "/proc/self/oom_score_adj";
    int own = Integer.parseInt(Files.readString(Path.of(file)).strip());
    try (var pool = Pool.processes(1)) {
      int workers =
          pool.submit(() -> Integer.parseInt(Files.readString(Path.of(file)).strip()))
              .get(30, SECONDS);
      assertThat(workers).isGreaterThan(own);
    }
  }

  @Test
  void metaspaceAndDirectMemoryAreBoundedByDefault() throws Exception {
    try (var pool = Pool.processes(2)) {
      List<Long> bounds =
          pool.submit(
                  () -> {
                    var bean =
                        java.lang.management.ManagementFactory.getPlatformMXBean(
                            com.sun.management.HotSpotDiagnosticMXBean.class);
                    return List.of(
                        Runtime.getRuntime().maxMemory(),
                        Long.parseLong(bean.getVMOption("MaxMetaspaceSize").getValue()),
                        Long.parseLong(bean.getVMOption("MaxDirectMemorySize").getValue()));
                  })
              .get(30, SECONDS);
      long machine =
          ((com.sun.management.OperatingSystemMXBean)
                  java.lang.management.ManagementFactory.getOperatingSystemMXBean())
              .getTotalMemorySize();
      long all = bounds.stream().mapToLong(Long::longValue).sum();
      assertThat(bounds).allSatisfy(bound -> assertThat(bound).isPositive());
      assertThat(2 * all + Runtime.getRuntime().maxMemory()).isLessThan(machine);
    }
  }
}
