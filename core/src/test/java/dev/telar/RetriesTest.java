package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Fault;
import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is run again after the death of a worker, and what is not.
class RetriesTest {

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

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private Tally tally() {
    return Tally.in(folder, "runs");
  }

  private static Outcomes in(int chunkSize, int retries) {
    return pool.with(TaskOptions.defaults().chunkSize(chunkSize).retries(retries)).outcomes();
  }

  /// Halts in item 5, whenever it runs.
  private static int haltAt(int bad, int x, Tally runs) {
    runs.add(x);
    if (x == bad) {
      Fault.HALT.strike();
    }
    return x;
  }

  private static WorkerCrashedException crash(Outcome<?> outcome) {
    return (WorkerCrashedException) ((Outcome.Failure<?>) outcome).cause();
  }

  @Test
  void aTaskThatKillsItsWorkersIsNotRunAgainAndTellsHowEachDied() throws Exception {
    Tally runs = tally();
    TaskFuture<Integer> future =
        pool.with(TaskOptions.defaults().retries(2)).submit(() -> haltAt(5, 5, runs));
    var crash = (WorkerCrashedException) PoolContract.failure(() -> future.get(30, SECONDS));
    assertThat(runs.count()).isEqualTo(3);
    assertThat(crash.earlierCrashes()).hasSize(2);
    assertThat(crash.earlierCrashes())
        .allSatisfy(earlier -> assertThat(earlier.crashCause()).isEqualTo(CrashCause.HALTED))
        .extracting(WorkerCrashedException::pid)
        .doesNotHaveDuplicates()
        .doesNotContain(crash.pid());
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  void onlyTheCausesThatWereChosenAreRetried() {
    Tally halts = Tally.in(folder, "halts");
    Tally kills = Tally.in(folder, "kills");
    Pool retrying = pool.with(TaskOptions.defaults().retries(1).retryOn(Set.of(CrashCause.KILLED)));
    TaskFuture<Void> halted =
        retrying.submit(
            () -> {
              halts.add("");
              Fault.HALT.strike();
            });
    TaskFuture<Void> killed =
        retrying.submit(
            () -> {
              kills.add("");
              Fault.KILL.strike();
            });
    assertThat(PoolContract.failure(() -> halted.get(30, SECONDS)))
        .isInstanceOf(WorkerCrashedException.class);
    assertThat(PoolContract.failure(() -> killed.get(30, SECONDS)))
        .isInstanceOf(WorkerCrashedException.class);
    assertThat(halts.count()).isEqualTo(1);
    assertThat(kills.count()).isEqualTo(2);
  }

  @Test
  void aBadItemCostsItsChunkMatesNothingIfTheyMayRunAgain() {
    Tally runs = tally();
    List<Outcome<Integer>> outcomes = in(10, 1).map(x -> haltAt(5, x, runs), range(10));
    for (int i = 0; i < 10; i++) {
      if (i == 5) {
        assertThat(crash(outcomes.get(i)).earlierCrashes()).hasSize(1);
        assertThat(crash(outcomes.get(i))).hasMessageContaining("item 5");
      } else {
        assertThat(outcomes.get(i).orElseThrow()).isEqualTo(i);
      }
      int expected = i <= 5 ? 2 : 1; // what had not been started is not run twice
      assertThat(Collections.frequency(runs.lines(), "" + i)).as("item %s", i).isEqualTo(expected);
    }
  }

  @Test
  void withoutRetriesNothingRunsTwiceAndWhatHadNotBeenStartedRuns() {
    Tally runs = tally();
    List<Outcome<Integer>> outcomes = in(10, 0).map(x -> haltAt(5, x, runs), range(10));
    assertThat(runs.lines()).hasSize(10).doesNotHaveDuplicates();
    for (int i = 0; i < 5; i++) {
      assertThat(crash(outcomes.get(i)))
          .hasMessageContaining("item " + i + " had run, but its result is lost")
          .hasCause(crash(outcomes.get(5)));
    }
    for (int i = 6; i < 10; i++) {
      assertThat(outcomes.get(i).orElseThrow()).isEqualTo(i);
    }
  }

  @Test
  void manyBadItemsAreEachToBlameForThemselves() {
    List<Outcome<Integer>> outcomes =
        in(8, 1)
            .map(
                x -> {
                  if (x % 11 == 3) {
                    Fault.HALT.strike();
                  }
                  return x;
                },
                range(40));
    for (int i = 0; i < 40; i++) {
      assertThat(outcomes.get(i).isValue()).as("item %s", i).isEqualTo(i % 11 != 3);
    }
  }

  @Test
  void aMapThatDoesNotCollectSurvivesWhatIsRetried() {
    Mark died = Mark.in(folder, "died");
    Tally runs = tally();
    List<Integer> results =
        pool.with(TaskOptions.defaults().chunkSize(10).retries(1))
            .map(
                x -> {
                  runs.add(x);
                  if (x == 5 && !died.isSet()) {
                    died.set();
                    Fault.HALT.strike();
                  }
                  return x;
                },
                range(30));
    assertThat(results).isEqualTo(range(30));
    assertThat(runs.count()).isEqualTo(36);
  }

  @Test
  void anOrderedStreamStaysInOrderWhenAChunkIsTakenApart() {
    Mark died = Mark.in(folder, "died");
    try (var stream =
        pool.with(TaskOptions.defaults().chunkSize(7).retries(1)).stream(
            x -> {
              if (x == 5 && !died.isSet()) {
                died.set();
                Fault.HALT.strike();
              }
              return x;
            },
            range(100))) {
      assertThat(stream.toList()).isEqualTo(range(100));
    }
  }

  @Test
  void aRetryWaitsForItsBackoffWithoutOccupyingAWorker() throws Exception {
    Mark died = Mark.in(folder, "died");
    try (var one = Pool.processes(1)) {
      Pool retrying =
          one.with(
              TaskOptions.defaults().retries(1).backoff(Backoff.fixed(Duration.ofMillis(1500))));
      TaskFuture<Long> future =
          retrying.submit(
              () -> {
                if (!died.isSet()) {
                  died.set();
                  Fault.HALT.strike();
                }
                return System.nanoTime();
              });
      assertThat(died.await(Duration.ofSeconds(20))).isTrue();
      long before = System.nanoTime();
      assertThat(one.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
      assertThat(future.get(20, SECONDS) - before).isGreaterThan(Duration.ofMillis(500).toNanos());
    }
  }

  private TaskFuture<Void> resting(Pool pool) throws Exception {
    Mark died = Mark.in(folder, "died");
    TaskFuture<Void> future =
        pool.with(TaskOptions.defaults().retries(1).backoff(Backoff.fixed(Duration.ofDays(1))))
            .submit(
                () -> {
                  died.set();
                  Fault.HALT.strike();
                });
    assertThat(died.await(Duration.ofSeconds(20))).isTrue();
    await().until(() -> pool.stats().retried() == 1); // so it rests
    return future;
  }

  @Test
  void aTaskThatWaitsForItsRetryCanBeCancelled() throws Exception {
    try (var one = Pool.processes(1)) {
      TaskFuture<Void> future = resting(one);
      assertThat(future).isNotDone();
      assertThat(future.cancel(true)).isTrue();
      one.shutdown();
      assertThat(one.awaitTermination(20, SECONDS)).isTrue();
    }
  }

  @Test
  void aPoolThatIsStoppedDoesNotWaitForRetries() throws Exception {
    try (var one = Pool.processes(1)) {
      TaskFuture<Void> future = resting(one);
      assertThat(one.shutdownNow()).hasSize(1);
      assertThat(one.awaitTermination(20, SECONDS)).isTrue();
      assertThatThrownBy(() -> future.get(1, SECONDS)).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aPoolThatIsClosedWaitsForRetries() throws Exception {
    Mark died = Mark.in(folder, "died");
    TaskFuture<Integer> future;
    try (var one = Pool.processes(1)) {
      future =
          one.with(TaskOptions.defaults().retries(1).backoff(Backoff.fixed(Duration.ofMillis(300))))
              .submit(
                  () -> {
                    if (!died.isSet()) {
                      died.set();
                      Fault.HALT.strike();
                    }
                    return 7;
                  });
      assertThat(died.await(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(future.getNow(0)).isEqualTo(7);
  }

  @Test
  void retriesAreNoneOfAnExceptionsBusiness() {
    Tally runs = tally();
    var outcome =
        in(1, 5)
            .map(
                x -> {
                  runs.add(x);
                  throw new IllegalStateException();
                },
                range(1));
    assertThat(outcome.getFirst().isValue()).isFalse();
    assertThat(runs.count()).isEqualTo(1);
    await().until(() -> pool.pids().size() == 2);
  }

  @Test
  void waitsGrowUpToTheirLimit() {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(IntStream.rangeClosed(1, 6).mapToObj(backoff::before).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    assertThat(backoff.before(5000)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.none().before(3)).isEqualTo(Duration.ZERO);
    assertThatThrownBy(() -> backoff.withJitter(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Backoff.fixed(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
