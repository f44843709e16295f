package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers come when they are needed, go when they are not, and are replaced without a gap.
class WorkerLifeTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static long run(Pool pool) throws Exception {
    return pool.submit(WorkerLifeTest::pid).get(30, TimeUnit.SECONDS);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// The pids that an initializer has written so far, in the order in which workers came up.
  private static List<Long> initialized(Tally tally) {
    return tally.lines().stream().map(Long::valueOf).toList();
  }

  /// Lets tasks go that wait for a mark, whatever becomes of the test: else the close of their pool
  /// would wait for them, and hide why it failed.
  private record LettingGo(Mark mark) implements AutoCloseable {
    @Override
    public void close() {
      mark.set();
    }
  }

  private static ProcessPoolBuilder telling(Tally tally) {
    return ProcessPool.builder().initializer(() -> tally.add(pid()));
  }

  @Test
  void aSpareTakesThePlaceOfAWorkerThatDies() throws Exception {
    Tally up = Tally.in(folder, "up");
    try (var pool = telling(up).workers(1).spares(1).build()) {
      for (int round = 1; round <= 3; round++) {
        int expected = round + 1;
        await().atMost(LONG).until(() -> up.count() == expected);
        long working = run(pool);
        long spare = initialized(up).stream().filter(p -> p != working).toList().getLast();
        assertThat(pool.pids()).containsExactly(working);
        kill(working);
        await().atMost(LONG).until(() -> !isAlive(working));
        await().atMost(LONG).until(() -> pool.pids().equals(List.of(spare)));
        assertThat(run(pool)).isEqualTo(spare);
      }
    }
  }

  @Test
  void aSpareTakesThePlaceOfAWorkerThatHasRunItsTasks() throws Exception {
    Tally up = Tally.in(folder, "up");
    try (var pool = telling(up).workers(1).spares(1).tasksPerWorker(2).build()) {
      await().atMost(LONG).until(() -> up.count() >= 2);
      List<Long> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        workers.add(run(pool));
      }
      // A spare that takes over may also take back the last task of the worker before it.
      assertThat(new HashSet<>(workers)).hasSizeBetween(4, 8);
      assertThat(initialized(up)).containsAll(workers);
    }
  }

  @Test
  void sparesEndWithTheirPool() {
    Tally up = Tally.in(folder, "up");
    try (var _ = telling(up).workers(1).spares(2).build()) {
      await().atMost(LONG).until(() -> up.count() == 3);
    }
    assertThat(initialized(up)).noneMatch(WorkerLifeTest::isAlive);
  }

  @Test
  void aPoolIsClosedWhileItsSparesStart() {
    for (int i = 0; i < 5; i++) {
      try (var pool = ProcessPool.builder().workers(1).spares(1).build()) {
        assertThat(pool.isShutdown()).isFalse();
      }
    }
  }

  @Test
  void aSpareThatDiesIsReplaced() throws Exception {
    Tally up = Tally.in(folder, "up");
    try (var pool = telling(up).workers(1).spares(1).build()) {
      await().atMost(LONG).until(() -> up.count() == 2);
      long working = run(pool);
      kill(initialized(up).stream().filter(p -> p != working).findFirst().orElseThrow());
      await().atMost(LONG).until(() -> up.count() == 3);
      assertThat(run(pool)).isEqualTo(working);
    }
  }

  @Test
  void aPoolGrowsWhenTasksWaitAndShrinksToItsMinimum() throws Exception {
    Mark go = Mark.in(folder, "go");
    Tally running = Tally.in(folder, "running");
    try (var pool =
            ProcessPool.builder()
                .minWorkers(1)
                .workers(3)
                .idleTimeout(Duration.ofMillis(200))
                .build();
        var _ = new LettingGo(go)) {
      run(pool);
      // On a busy machine the first task may have waited so long that a second worker has come.
      await().atMost(LONG).until(() -> pool.pids().size() == 1);
      for (int round = 1; round <= 2; round++) {
        var tasks =
            IntStream.range(0, 3)
                .mapToObj(
                    i ->
                        pool.submit(
                            () -> {
                              running.add(pid());
                              go.await();
                            }))
                .toList();
        int expected = 3 * round;
        await().atMost(LONG).until(() -> running.count() == expected);
        assertThat(new HashSet<>(running.lines().subList(expected - 3, expected))).hasSize(3);
        go.set();
        for (var task : tasks) {
          task.get(30, TimeUnit.SECONDS);
        }
        await().atMost(LONG).until(() -> pool.pids().size() == 1);
        await().during(Duration.ofMillis(600)).atMost(LONG).until(() -> pool.pids().size() == 1);
        java.nio.file.Files.delete(Path.of(go.path()));
      }
    }
  }

  @Test
  void oneWorkerIsEnoughForShortTasksOneAfterAnother() throws Exception {
    try (var pool = ProcessPool.builder().minWorkers(1).workers(3).build()) {
      run(pool);
      Set<Long> pids = new HashSet<>();
      long slowest = 0;
      for (int i = 0; i < 300; i++) {
        long start = System.nanoTime();
        pids.add(run(pool));
        slowest = Math.max(slowest, System.nanoTime() - start);
      }
      // A task that had to wait is a reason to grow, be it for want of a processor.
      assumeThat(slowest).isLessThan(TimeUnit.MILLISECONDS.toNanos(10));
      assertThat(pids).hasSize(1);
    }
  }

  @Test
  void aTaskDoesNotWaitBehindALongOneWhileThePoolMayGrow() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = ProcessPool.builder().minWorkers(1).workers(2).build();
        var _ = new LettingGo(end)) {
      run(pool);
      Mark started = Mark.in(folder, "started");
      TaskFuture<Void> longOne =
          pool.submit(
              () -> {
                started.set();
                end.await();
              });
      started.await();
      assertThat(pool.submit(() -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(longOne).isNotDone();
      end.set();
    }
  }

  @Test
  void aPoolWithoutAnyWorkerStartsTheFirstForTheFirstTask() throws Exception {
    try (var pool = ProcessPool.builder().minWorkers(0).workers(2).build()) {
      assertThat(pool.pids()).isEmpty();
      assertThat(run(pool)).isNotEqualTo(pid());
      assertThat(pool.map(x -> x + 1, IntStream.range(0, 1000).boxed().toList())).hasSize(1000);
    }
  }

  @Test
  void anOldWorkerIsReplacedAndNoTaskNoticesIt() throws Exception {
    try (var pool = ProcessPool.builder().workers(2).maxLifetime(Duration.ofMillis(300)).build()) {
      Set<Long> pids = new HashSet<>();
      long end = System.nanoTime() + LONG.toNanos();
      while (pids.size() < 6 && System.nanoTime() < end) {
        pids.add(run(pool));
      }
      assertThat(pids).hasSizeGreaterThanOrEqualTo(6);
      await().atMost(LONG).until(() -> pids.stream().filter(WorkerLifeTest::isAlive).count() <= 4);
    }
  }

  @Test
  void anOldWorkerGoesOnUntilThereIsAnother() throws Exception {
    Tally up = Tally.in(folder, "up");
    Mark mayStart = Mark.in(folder, "may-start");
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .maxLifetime(Duration.ofMillis(200))
            .initializer(
                () -> {
                  up.add(pid());
                  if (up.count() > 1) {
                    mayStart.await();
                  }
                })
            .build()) {
      long first = run(pool);
      await().atMost(LONG).until(() -> up.count() == 2);
      for (int i = 0; i < 20; i++) {
        assertThat(run(pool)).isEqualTo(first);
      }
      mayStart.set();
      await().atMost(LONG).until(() -> run(pool) != first);
      await().atMost(LONG).until(() -> !isAlive(first));
    }
  }

  @Test
  void aLongTaskOutlivesTheLifetimeOfItsWorker() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = ProcessPool.builder().workers(1).maxLifetime(Duration.ofMillis(100)).build();
        var _ = new LettingGo(end)) {
      TaskFuture<Long> task =
          pool.submit(
              () -> {
                end.await();
                return pid();
              });
      await().atMost(LONG).until(() -> !pool.pids().isEmpty());
      for (int i = 0; i < 3; i++) {
        long other = run(pool);
        await().atMost(LONG).until(() -> run(pool) != other);
      }
      assertThat(task).isNotDone();
      end.set();
      assertThat(task.get(30, TimeUnit.SECONDS)).isPositive();
    }
  }
}
