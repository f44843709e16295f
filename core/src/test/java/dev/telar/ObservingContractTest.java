package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.testing.Engine;
import dev.telar.testing.Events;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/// What a pool tells of itself, whatever its engine.
class ObservingContractTest extends PoolContract {

  private static Pool open(Engine engine, PoolListener listener) {
    return switch (engine) {
      case THREADS -> ThreadPool.builder().threads(2).listener(listener).build();
      case VIRTUAL_THREADS -> ThreadPool.builder().virtual().listener(listener).build();
      case PROCESSES -> ProcessPool.builder().workers(2).listener(listener).build();
      case PROCESSES_WITH_THREADS ->
          ProcessPool.builder().workers(2).threadsPerWorker(2).listener(listener).build();
    };
  }

  private Pool open(PoolListener listener) {
    return closeLater(open(engine, listener));
  }

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static int failIf(boolean bad) {
    if (bad) {
      throw new IllegalStateException("bad");
    }
    return 1;
  }

  private void mixedLoad(Pool pool) throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
      TaskFuture<Integer> bad = pool.submit(() -> failIf(true));
      assertThat(failure(() -> bad.get(20, SECONDS))).hasMessage("bad");
    }
    assertThat(pool.map(x -> x, range(500))).hasSize(500);
    List<Outcome<Integer>> outcomes = pool.outcomes().map(x -> failIf(x % 3 == 0), range(300));
    assertThat(outcomes.stream().filter(Outcome::isValue)).hasSize(200);
    TaskFuture<Integer> slow =
        pool.with(TaskOptions.defaults().timeout(Duration.ofMillis(50)))
            .submit(
                () -> {
                  Thread.sleep(60_000);
                  return 1;
                });
    assertThat(failure(() -> slow.get(20, SECONDS))).isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void whatOneHasSeenTheEndOfIsCounted() throws Exception {
    Pool pool = open();
    mixedLoad(pool);
    PoolStats stats = pool.stats();
    assertThat(stats.submitted()).isEqualTo(821);
    assertThat(stats.completed()).isEqualTo(710);
    assertThat(stats.failed()).isEqualTo(110);
    assertThat(stats.timedOut()).isEqualTo(1);
    assertThat(stats.cancelled()).isZero();
    assertThat(stats.pending()).isZero();
    assertThat(stats.queued()).isZero();
    assertThat(stats.rejected()).isZero();
    pool.shutdown();
    assertThat(failure(() -> pool.submit(() -> 1))).isNotNull();
    assertThat(pool.stats().rejected()).isEqualTo(1);
  }

  @Test
  void whatIsCancelledIsCounted() throws Exception {
    assumeTrue(engine.queues());
    Pool pool = open();
    Mark end = mark("end");
    List<TaskFuture<Void>> running = occupy(pool, end);
    TaskFuture<Integer> waiting = pool.submit(() -> 1);
    assertThat(pool.stats().pending()).isEqualTo(running.size() + 1);
    waiting.cancel(true);
    assertThat(pool.stats().cancelled()).isEqualTo(1);
    end.set();
    for (TaskFuture<Void> each : running) {
      each.get(20, SECONDS);
    }
    assertThat(pool.stats().completed()).isEqualTo(running.size());
    assertThat(pool.stats().pending()).isZero();
  }

  @Test
  void whatRunsIsSeenWhileItRuns() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark end = mark("end");
    TaskFuture<Void> future =
        pool.with(TaskOptions.defaults().name("the-long-one"))
            .submit(
                () -> {
                  started.set();
                  end.await();
                });
    started.await();
    List<WorkerStats> busy =
        pool.stats().workers().stream()
            .filter(worker -> worker.state() == WorkerStats.State.BUSY)
            .toList();
    assertThat(busy).hasSize(1);
    WorkerStats.RunningTask task = busy.getFirst().running().getFirst();
    assertThat(task.name()).isEqualTo("the-long-one");
    assertThat(task.attempt()).isEqualTo(1);
    await()
        .until(
            () ->
                pool.stats().workers().stream()
                    .flatMap(worker -> worker.running().stream())
                    .anyMatch(each -> each.since().toMillis() >= 20));
    end.set();
    future.get(20, SECONDS);
    await()
        .untilAsserted(
            () -> {
              List<WorkerStats> workers = pool.stats().workers();
              assertThat(workers).noneMatch(each -> each.state() == WorkerStats.State.BUSY);
              assertThat(workers.stream().mapToLong(WorkerStats::tasksDone).sum()).isEqualTo(1);
              assertThat(workers.stream().mapToLong(each -> each.computing().toMillis()).sum())
                  .isGreaterThanOrEqualTo(20);
            });
  }

  @Test
  void aDumpShowsWhereEveryTaskIs() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark end = mark("end");
    pool.with(TaskOptions.defaults().name("the-hung-one"))
        .submit(
            () -> {
              started.set();
              end.await();
            });
    started.await();
    await()
        .untilAsserted(
            () ->
                assertThat(pool.dump())
                    .contains("the-hung-one, running for ")
                    .containsPattern("at dev.telar.testing.Mark.await|Mark.await\\(Mark.java"));
    assertThat(pool.dump()).startsWith("pool pool (").contains("tasks: 1 submitted");
    end.set();
  }

  @Test
  void aTaskIsToldFromItsSubmissionToItsEnd() throws Exception {
    var events = new Events();
    Pool pool = open(events);
    Instant before = Instant.now();
    pool.with(TaskOptions.defaults().name("good")).submit(() -> 1).get(20, SECONDS);
    var finished =
        events.awaitFirst(PoolEvent.TaskFinished.class, each -> each.task().equals("good"));
    List<PoolEvent.OfTask> story =
        events.of(PoolEvent.OfTask.class).stream()
            .filter(each -> each.id() == finished.id())
            .toList();
    assertThat(story)
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("TaskSubmitted", "TaskStarted", "TaskFinished");
    assertThat(story).allSatisfy(each -> assertThat(each.pool()).isEqualTo("pool"));
    assertThat(story.getFirst().time()).isBetween(before, finished.time());
    assertThat(((PoolEvent.TaskStarted) story.get(1)).worker()).isEqualTo(finished.worker());
    assertThat(finished.worker()).startsWith("pool-");
  }

  @Test
  void aLongTaskIsToldToHaveStartedWhileItRuns() throws Exception {
    var events = new Events();
    Pool pool = open(events);
    Mark end = mark("end");
    TaskFuture<Void> future =
        pool.with(TaskOptions.defaults().name("long")).submit(() -> end.await());
    events.awaitFirst(PoolEvent.TaskStarted.class, each -> each.task().equals("long"));
    assertThat(future).isNotDone();
    end.set();
    future.get(20, SECONDS);
  }

  @Test
  void everyJobThatIsToldToComeInIsToldToEndOnce() throws Exception {
    var events = new Events();
    Pool pool = open(events);
    mixedLoad(pool);
    pool.close();
    await()
        .untilAsserted(
            () -> {
              var open = new ArrayList<Long>();
              for (PoolEvent.OfTask event : events.of(PoolEvent.OfTask.class)) {
                switch (event) {
                  case PoolEvent.TaskSubmitted submitted -> open.add(submitted.id());
                  case PoolEvent.TaskStarted started -> assertThat(open).contains(started.id());
                  default -> assertThat(open.remove((Long) event.id())).isTrue();
                }
              }
              assertThat(open).isEmpty();
              assertThat(events.of(PoolEvent.TaskTimedOut.class)).hasSize(1);
              assertThat(events.of(PoolEvent.TaskFailed.class)).hasSizeGreaterThanOrEqualTo(10);
            });
    Map<Boolean, Long> named =
        events.of(PoolEvent.TaskFailed.class).stream()
            .collect(Collectors.partitioningBy(e -> e.error() != null, Collectors.counting()));
    assertThat(named.get(true)).isEqualTo(10);
  }

  @Test
  void aListenerThatBlocksStallsNobody() throws Exception {
    var release = new CountDownLatch(1);
    var stuck = new CountDownLatch(1);
    Pool pool =
        open(
            event -> {
              stuck.countDown();
              while (true) {
                try {
                  release.await();
                  return;
                } catch (InterruptedException e) {
                  // stubborn
                }
              }
            });
    try {
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
      assertThat(stuck.await(20, SECONDS)).isTrue();
      for (int round = 0; round < 30; round++) {
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int i = 0; i < 100; i++) {
          futures.add(pool.submit(() -> 1));
        }
        for (TaskFuture<Integer> future : futures) {
          assertThat(future.get(20, SECONDS)).isEqualTo(1);
        }
      }
      await().until(() -> pool.stats().droppedEvents() > 0);
      pool.close();
    } finally {
      release.countDown();
    }
  }

  @Test
  void aListenerThatThrowsIsToldTheNextEvent() throws Exception {
    var events = new AtomicInteger();
    Pool pool =
        open(
            event -> {
              events.incrementAndGet();
              throw new AssertionError("a listener of a test throws");
            });
    pool.submit(() -> 1).get(20, SECONDS);
    await().until(() -> events.get() >= 3);
  }

  /// Records what a pool of an engine does into a file. In a JVM of its own: Flight Recorder does
  /// not end before its JVM.
  static final class Recorded {
    public static void main(String[] args) throws Exception {
      try (var recording = new Recording()) {
        recording.enable("dev.telar.TaskFinished");
        recording.enable("dev.telar.TaskFailed");
        recording.start();
        try (Pool pool = Engine.valueOf(args[0]).open()) {
          pool.with(TaskOptions.defaults().name("flown")).submit(() -> 1).get(20, SECONDS);
          TaskFuture<Integer> bad = pool.submit(() -> failIf(true));
          failure(() -> bad.get(20, SECONDS));
        }
        recording.stop();
        recording.dump(Path.of(args[1]));
      }
    }
  }

  private static RecordedEvent first(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void flightRecorderHasTheSameEvents() throws Exception {
    Path file = folder.resolve("flight.jfr");
    try (var program = JavaProgram.start(Recorded.class, engine.name(), file.toString())) {
      assertThat(program.await().err()).isEmpty();
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    RecordedEvent finished = first(events, "dev.telar.TaskFinished");
    assertThat(finished.getString("task")).isEqualTo("flown");
    assertThat(finished.getString("pool")).isEqualTo("pool");
    assertThat(finished.getDuration("ran")).isPositive();
    RecordedEvent failed = first(events, "dev.telar.TaskFailed");
    assertThat(failed.getString("error")).isEqualTo("java.lang.IllegalStateException");
  }
}
