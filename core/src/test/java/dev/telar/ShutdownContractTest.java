package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `shutdown`, `shutdownNow` and `close`.
class ShutdownContractTest extends PoolContract {

  @Test
  void aNewPoolIsOpen() {
    Pool pool = open();
    assertThat(pool.isShutdown()).isFalse();
    assertThat(pool.isTerminated()).isFalse();
  }

  @Test
  void anUnusedPoolCloses() {
    Pool pool = open();
    pool.close();
    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void shutdownRunsWhatIsQueued() throws Exception {
    Pool pool = open();
    Tally ran = Tally.in(folder, "ran");
    var futures = IntStream.range(0, 50).mapToObj(i -> pool.submit(() -> ran.add(i))).toList();
    pool.shutdown();
    pool.shutdown();
    assertThat(pool.awaitTermination(30, SECONDS)).isTrue();
    assertThat(futures).allMatch(future -> future.state() == TaskFuture.State.SUCCESS);
    assertThat(ran.count()).isEqualTo(50);
  }

  @Test
  void closeRunsWhatIsQueuedAndWaits() {
    Tally ran = Tally.in(folder, "ran");
    List<TaskFuture<Void>> futures = new ArrayList<>();
    try (Pool pool = engine.open()) {
      for (int i = 0; i < 50; i++) {
        int number = i;
        futures.add(pool.submit(() -> ran.add(number)));
      }
    }
    assertThat(ran.count()).isEqualTo(50);
    assertThat(futures).allMatch(CompletableFuture::isDone);
  }

  @Test
  void aSecondCloseDoesNothing() {
    Pool pool = open();
    pool.submit(() -> 1).join();
    pool.close();
    pool.close();
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void shutdownNowReturnsTheOriginalTasksThatNeverStarted() throws Exception {
    assumeTrue(engine.queues());
    Pool pool = open();
    Mark never = mark("never");
    Tally ran = Tally.in(folder, "ran");
    var running = occupy(pool, never);
    Action submitted = () -> ran.add("submitted");
    Action executed = () -> ran.add("executed");
    Task<Integer> called =
        () -> {
          ran.add("called");
          return 1;
        };
    TaskFuture<Void> first = pool.submit(submitted);
    pool.execute(executed);
    TaskFuture<Integer> third = pool.submit(called);

    List<Runnable> neverStarted = pool.shutdownNow();

    assertThat(neverStarted).hasSize(3).contains(submitted, executed);
    assertThat(first.isCancelled()).isTrue();
    assertThat(third.isCancelled()).isTrue();
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    assertThat(running).allMatch(CompletableFuture::isDone);
    assertThat(ran.count()).isZero();
    assertThat(pool.shutdownNow()).isEmpty();
  }

  @Test
  void shutdownNowInterruptsWhatRuns() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    TaskFuture<Void> future = pool.submit(() -> started.setAndWaitFor(interrupted));
    started.await();
    assertThat(pool.shutdownNow()).isEmpty();
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    assertThat(interrupted.isSet()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThat(future.state()).isNotEqualTo(TaskFuture.State.SUCCESS);
  }

  @Test
  void interruptedCloseActsAsShutdownNow() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    TaskFuture<Void> running = pool.submit(() -> started.setAndWaitFor(interrupted));
    started.await();
    var statusSetAgain = new AtomicBoolean();
    Thread closer =
        Thread.ofPlatform()
            .start(
                () -> {
                  pool.close();
                  statusSetAgain.set(Thread.currentThread().isInterrupted());
                });
    await().atMost(20, SECONDS).until(pool::isShutdown);
    closer.interrupt();
    assertThat(closer.join(Duration.ofSeconds(20))).isTrue();
    assertThat(statusSetAgain).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(interrupted.isSet()).isTrue();
    assertThat(running.isDone()).isTrue();
  }

  @Test
  void closeOnAThreadThatIsInterruptedAlreadyEndsWithTheStatusSet() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    pool.submit(() -> started.setAndWaitFor(interrupted));
    started.await();
    Thread.currentThread().interrupt();
    pool.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void twoThreadsMayCloseAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      Pool pool = open();
      TaskFuture<Integer> future = pool.submit(() -> 1);
      var go = new CountDownLatch(1);
      var closers =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      Thread.ofPlatform()
                          .start(
                              () -> {
                                try {
                                  go.await();
                                } catch (InterruptedException e) {
                                  throw new IllegalStateException(e);
                                }
                                pool.close();
                              }))
              .toList();
      go.countDown();
      for (Thread closer : closers) {
        assertThat(closer.join(Duration.ofSeconds(20))).isTrue();
      }
      assertThat(pool.isTerminated()).isTrue();
      assertThat(future.get()).isEqualTo(1);
    }
  }

  @Test
  void aCallbackMayCloseThePool() throws Exception {
    for (int round = 0; round < 5; round++) {
      Pool pool = open();
      var closed = pool.submit(() -> 1).thenRun(pool::close);
      closed.get(20, SECONDS);
      assertThat(pool.isTerminated()).isTrue();
    }
  }

  @Test
  void aThreadPoolClosedByItsOwnTaskRefuses() throws Exception {
    assumeTrue(!engine.isolated());
    Pool pool = open();
    TaskFuture<Void> future = pool.submit(pool::close);
    assertThat(failure(future::get)).isInstanceOf(IllegalStateException.class);
    assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
  }

  @Test
  void aThreadPoolMayBeShutDownByItsOwnTask() throws Exception {
    assumeTrue(!engine.isolated());
    Pool pool = open();
    TaskFuture<Integer> future =
        pool.submit(
            () -> {
              pool.shutdown();
              return 4;
            });
    assertThat(future.get()).isEqualTo(4);
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  void aClosedViewClosesItsPool() {
    Pool pool = open();
    Pool view = pool.with(TaskOptions.defaults().name("view"));
    TaskFuture<Integer> future = pool.submit(() -> 1);
    view.close();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(view.isShutdown()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aPoolClosesWithTenThousandTasksWaiting() {
    Pool pool = open();
    var futures = IntStream.range(0, 10_000).mapToObj(i -> pool.submit(() -> i)).toList();
    pool.close();
    long sum = futures.stream().mapToLong(TaskFuture::resultNow).sum();
    assertThat(sum).isEqualTo(10_000L * 9_999 / 2);
  }

  @Test
  void aPoolStopsWithTenThousandTasksWaiting() throws Exception {
    assumeTrue(engine.queues());
    Pool pool = open();
    Mark never = mark("never");
    occupy(pool, never);
    var futures = IntStream.range(0, 10_000).mapToObj(i -> pool.submit(() -> i)).toList();
    assertThat(pool.shutdownNow()).hasSize(10_000);
    assertThat(futures).allMatch(CompletableFuture::isCancelled);
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  void cancelJustBeforeCloseHoldsNobodyUp() throws Exception {
    for (int round = 0; round < 5; round++) {
      Pool pool = open();
      Mark started = mark("started-" + round);
      Mark interrupted = mark("interrupted-" + round);
      TaskFuture<Void> running = pool.submit(() -> started.setAndWaitFor(interrupted));
      TaskFuture<Integer> other = pool.submit(() -> 3);
      started.await();
      running.cancel(true);
      pool.close();
      assertThat(pool.isTerminated()).isTrue();
      assertThat(interrupted.isSet()).isTrue();
      assertThat(other.get()).isEqualTo(3);
    }
  }

  @Test
  void submissionsThatRaceWithCloseRunOrAreRefused() throws Exception {
    for (int round = 0; round < 5; round++) {
      Pool pool = open();
      var go = new CountDownLatch(1);
      var accepted = new ArrayList<TaskFuture<Integer>>();
      Thread submitter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        accepted.add(pool.submit(() -> 1));
                        go.countDown();
                      }
                    } catch (RejectedExecutionException e) {
                      // the pool is shut down
                    }
                  });
      go.await();
      pool.close();
      assertThat(submitter.join(Duration.ofSeconds(20))).isTrue();
      assertThat(accepted).allMatch(future -> future.state() == TaskFuture.State.SUCCESS);
    }
  }

  @Test
  void shutdownNowThatRacesWithSubmissionsLeavesNoFutureOpen() throws Exception {
    for (int round = 0; round < 5; round++) {
      Pool pool = open();
      var go = new CountDownLatch(100);
      var accepted = new ArrayList<TaskFuture<Integer>>();
      Thread submitter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        accepted.add(pool.submit(() -> 1));
                        go.countDown();
                      }
                    } catch (RejectedExecutionException e) {
                      // the pool is shut down
                    }
                  });
      go.await();
      pool.shutdownNow();
      assertThat(submitter.join(Duration.ofSeconds(20))).isTrue();
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
      assertThat(accepted).allMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void getOfATaskThatNeverStartedSaysThatItWasCancelled() throws Exception {
    assumeTrue(engine.queues());
    Pool pool = open();
    occupy(pool, mark("never"));
    TaskFuture<Integer> waiting = pool.submit(() -> 1);
    pool.shutdownNow();
    assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
  }
}
