package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.testing.Engine;
import dev.telar.testing.Events;
import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Limits on time and on time without progress, and what is told of a task that exceeds them.
class TimeLimitContractTest extends PoolContract {

  private static final Duration SHORT = Duration.ofMillis(300);

  /// For a task to have been read and to hang where it is meant to, on a busy machine.
  private static final Duration ENOUGH = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofMinutes(1);

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static Object hangHere(Mark end) throws InterruptedException {
    end.await();
    return "ended";
  }

  private Pool limited(Duration time, Duration progress) {
    if (engine == Engine.THREADS || engine == Engine.VIRTUAL_THREADS) {
      var builder = ThreadPool.builder().threads(2).taskTimeout(time).progressTimeout(progress);
      return closeLater(engine == Engine.THREADS ? builder.build() : builder.virtual().build());
    }
    return closeLater(
        ProcessPool.builder()
            .workers(2)
            .threadsPerWorker(engine == Engine.PROCESSES ? 1 : 2)
            .taskTimeout(time)
            .progressTimeout(progress)
            .build());
  }

  @Test
  void theExceptionShowsWhereTheTaskWasAtItsLimit() {
    Mark never = mark("never");
    TaskFuture<Object> future =
        pool().with(TaskOptions.defaults().timeout(ENOUGH)).submit(() -> hangHere(never));
    assertThat(failure(() -> future.get(30, SECONDS)))
        .isInstanceOfSatisfying(
            TaskTimeoutException.class,
            e -> {
              assertThat(e.getStackTrace())
                  .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("hangHere"));
              assertThat(e.noStackReason()).isEmpty();
              assertThat(e).hasMessageContaining("ran longer than its limit of 3s in pool-");
            });
  }

  @Test
  void anItemOfAMapShowsItToo() {
    Mark never = mark("never");
    var options = TaskOptions.defaults().timeout(ENOUGH);
    assertThat(failure(() -> pool().with(options).map(x -> hangHere(never), List.of(1))))
        .isInstanceOfSatisfying(
            TaskTimeoutException.class,
            e ->
                assertThat(e.getStackTrace())
                    .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("hangHere")));
  }

  @Test
  void anItemOfAChunkIsNamedAndNotItsChunk() {
    Mark never = mark("never");
    var options = TaskOptions.defaults().timeout(ENOUGH).chunkSize(5).name("pages");
    assertThat(
            failure(
                () ->
                    pool()
                        .with(options)
                        .map(x -> x == 3 ? hangHere(never) : x, List.of(0, 1, 2, 3, 4))))
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("pages item 3 ran longer");
  }

  @Test
  void anItemOfAChunkThatEndsByItselfAfterItsLimitIsNamedAndNotTheNext() {
    Mark never = mark("never");
    var options = TaskOptions.defaults().timeout(SHORT).chunkSize(5).name("pages");
    assertThat(
            failure(
                () ->
                    pool()
                        .with(options)
                        .map(x -> x == 1 ? returnWhenInterrupted(never) : x, range(5))))
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("pages item 1 ran longer");
  }

  private static Object returnWhenInterrupted(Mark end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      // it does not mind
    }
    return "late";
  }

  @Test
  void itemsThatEndJustWhenTheyAreToBeStoppedCostNoNeighbourAndNothingRunsTwice() {
    Tally runs = Tally.in(folder, "runs");
    Duration limit = Duration.ofMillis(1200);
    var options = TaskOptions.defaults().timeout(limit).chunkSize(4);
    pool().map(x -> x, range(12)); // what is loaded for the first item of all counts as its time
    List<Outcome<Integer>> outcomes =
        pool()
            .with(options)
            .outcomes()
            .map(
                x -> {
                  runs.add(x);
                  long end = System.nanoTime() + limit.toNanos() + (x - 6) * 100_000L;
                  while (x % 2 == 1 && System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                  }
                  return x;
                },
                range(12));
    for (int x = 0; x < 12; x += 2) {
      assertThat(outcomes.get(x).orElseThrow()).isEqualTo(x);
    }
    assertThat(runs.lines()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void anItemOfAChunkThatHasToBeKilledIsNamedToo() {
    assumeTrue(engine.isolated());
    Mark never = mark("never");
    var options = TaskOptions.defaults().timeout(ENOUGH).chunkSize(5).name("pages");
    Pool pool = closeLater(ProcessPool.builder().workers(1).grace(Duration.ZERO).build());
    assertThat(
            failure(
                () ->
                    pool.with(options)
                        .map(
                            x -> {
                              if (x == 3) {
                                never.awaitStubbornly();
                              }
                              return x;
                            },
                            List.of(0, 1, 2, 3, 4))))
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("pages item 3 ran longer");
  }

  @Test
  void theItemsOfAMapTravelTogetherInSpiteOfALimit() {
    var events = new Events();
    assumeTrue(engine.isolated());
    Pool pool =
        closeLater(
            ProcessPool.builder()
                .workers(2)
                .taskTimeout(Duration.ofMinutes(1))
                .listener(events)
                .build());
    List<Integer> items = range(5000);
    assertThat(pool.map(x -> x, items)).isEqualTo(items);
    events.awaitFirst(PoolEvent.TaskSubmitted.class, event -> event.items() > 1);
  }

  @Test
  void inAMapWithALimitTheOneItemThatHangsFailsTheMap() {
    Mark never = mark("never");
    var options = TaskOptions.defaults().timeout(ENOUGH).name("numbers");
    List<Integer> items = range(20_000);
    assertThat(
            failure(() -> pool().with(options).map(x -> x == 19_000 ? hangHere(never) : x, items)))
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("numbers item 19000 ran longer");
  }

  @Test
  void aTaskThatReportsNothingExceedsItsLimitWithoutProgress() {
    Mark never = mark("never");
    TaskFuture<Object> future =
        pool().with(TaskOptions.defaults().progressTimeout(SHORT)).submit(() -> hangHere(never));
    assertThat(failure(() -> future.get(30, SECONDS)))
        .isInstanceOfSatisfying(
            TaskTimeoutException.class, e -> assertThat(e.limit()).isEqualTo(SHORT))
        .hasMessageContaining("reported no progress within its limit of 0.3s");
  }

  @Test
  void aTaskThatReportsMayRunForLonger() throws Exception {
    Duration limit = Duration.ofMillis(1500);
    TaskFuture<Integer> future =
        pool()
            .with(TaskOptions.defaults().progressTimeout(limit))
            .submit(
                () -> {
                  int reports = 0;
                  long end = System.nanoTime() + 2 * limit.toNanos();
                  while (System.nanoTime() < end) {
                    Progress.report(++reports, 0);
                    LockSupport.parkNanos(1_000_000);
                  }
                  return reports;
                });
    assertThat(future.get(30, SECONDS)).isPositive();
  }

  @Test
  void aTaskThatStopsReportingIsFoundAlthoughItReportedBefore() {
    Mark never = mark("never");
    TaskFuture<Object> future =
        pool()
            .with(TaskOptions.defaults().progressTimeout(SHORT).timeout(LONG))
            .submit(
                () -> {
                  Progress.report(1, 2);
                  return hangHere(never);
                });
    assertThat(failure(() -> future.get(30, SECONDS))).isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void theFutureTellsHowFarTheTaskIs() throws Exception {
    Mark reported = mark("reported");
    Mark end = mark("end");
    TaskFuture<Object> future =
        pool()
            .submit(
                () -> {
                  Progress.report(30, 40);
                  reported.set();
                  return hangHere(end);
                });
    reported.await();
    assertThat(future.progress()).contains(new TaskProgress(30, 40));
    assertThat(future.progress().orElseThrow().fraction()).isEqualTo(0.75);
    end.set();
    future.get(30, SECONDS);
    assertThat(future.progress()).isEmpty();
  }

  @Test
  void anEarlierTasksProgressIsNotTheNextOnes() throws Exception {
    Pool pool = open();
    for (int i = 0; i < 20; i++) {
      pool.submit(() -> Progress.report(1, 1)).get(30, SECONDS);
    }
    Mark started = mark("started");
    Mark end = mark("end");
    TaskFuture<Object> future =
        pool.submit(
            () -> {
              started.set();
              return hangHere(end);
            });
    started.await();
    assertThat(future.progress()).isEqualTo(Optional.empty());
    end.set();
    future.get(30, SECONDS);
  }

  @Test
  void aLimitOfThePoolHoldsForEachTask() throws Exception {
    Pool pool = limited(SHORT, LONG);
    Mark end = mark("end");
    assertThat(failure(() -> pool.submit(() -> hangHere(end)).get(30, SECONDS)))
        .isInstanceOf(TaskTimeoutException.class);
    assertThat(failure(() -> pool.map(x -> hangHere(end), List.of(1))))
        .isInstanceOf(TaskTimeoutException.class);
    TaskFuture<Object> patient =
        pool.with(TaskOptions.defaults().timeout(LONG)).submit(() -> hangHere(end));
    await().pollDelay(SHORT.multipliedBy(2)).until(() -> !patient.isDone());
    end.set();
    assertThat(patient.get(30, SECONDS)).isEqualTo("ended");
  }

  @Test
  void aLimitOnProgressOfThePoolHoldsForEachTask() {
    Pool pool = limited(LONG, SHORT);
    Mark never = mark("never");
    assertThat(failure(() -> pool.submit(() -> hangHere(never)).get(30, SECONDS)))
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("no progress");
  }

  @Test
  void aLimitIsPositive() {
    assertThatThrownBy(() -> TaskOptions.defaults().progressTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ThreadPool.builder().taskTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcessPool.builder().taskTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReportOutsideATaskDoesNothing() {
    Progress.report(1, 2);
  }
}
