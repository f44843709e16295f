package dev.telar;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Dependents of a [TaskFuture]: plain futures, on nobody's threads.
class CallbackContractTest extends PoolContract {

  @Test
  void callbacksThatBlockForEverStallNobody() throws Exception {
    var never = new CountDownLatch(1);
    Mark registered = mark("registered");
    try {
      for (int i = 0; i < 50; i++) {
        pool().submit(() -> registered.await()).thenRun(() -> waitFor(never));
      }
      registered.set();
      var results = IntStream.range(0, 50).mapToObj(i -> pool().submit(() -> i)).toList();
      for (int i = 0; i < 50; i++) {
        assertThat(results.get(i).get(20, SECONDS)).isEqualTo(i);
      }
    } finally {
      never.countDown();
    }
  }

  @Test
  void aCallbackThatWaitsForEverDoesNotHoldUpTheWaitingCaller() throws Exception {
    var never = new CountDownLatch(1);
    try {
      for (int i = 0; i < 1000; i++) {
        // the registering thread may have to run the callback itself: a thread that nobody needs
        TaskFuture<Integer> future = pool().submit(() -> 5);
        Thread.startVirtualThread(() -> future.whenComplete((value, error) -> waitFor(never)));
        assertThat(future.get(20, SECONDS)).isEqualTo(5);
      }
    } finally {
      never.countDown();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallbackMaySubmitAndWait() throws Exception {
    List<CompletableFuture<Integer>> chained = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      chained.add(
          pool()
              .submit(() -> 1)
              .thenApply(one -> one + pool().submit(() -> 2).join())
              .thenCompose(three -> pool().submit(() -> three + 3)));
    }
    for (var future : chained) {
      assertThat(future.get(20, SECONDS)).isEqualTo(6);
    }
  }

  @Test
  void aCallbackThatThrowsFailsItsOwnStageOnly() throws Exception {
    TaskFuture<Integer> future = pool().submit(() -> 1);
    CompletableFuture<Void> bad =
        future.thenRun(
            () -> {
              throw new IllegalStateException("callback");
            });
    CompletableFuture<Integer> good = future.thenApply(x -> x + 1);
    assertThat(good.get(20, SECONDS)).isEqualTo(2);
    assertThatThrownBy(() -> bad.get(20, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("callback");
    assertThat(future.get()).isEqualTo(1);
  }

  @Test
  void thousandsOfCallbacksRegisteredInARaceWithTheEndAllRunOnce() {
    Pool pool = pool();
    int n = 3000;
    var calls = new AtomicInteger();
    var done = new Phaser(1);
    for (int i = 0; i < n; i++) {
      int number = i;
      done.register();
      var unused =
          pool.submit(() -> number)
              .whenComplete(
                  (value, error) -> {
                    if (error == null && value == number) {
                      calls.incrementAndGet();
                    }
                    done.arriveAndDeregister();
                  });
    }
    done.arriveAndAwaitAdvance();
    assertThat(calls).hasValue(n);
  }

  @Test
  void callbacksThatRaceWithTheEndStallNobodyWhenTheySubmitAndWait() {
    Pool pool = pool();
    List<CompletableFuture<Integer>> chained = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      chained.add(
          pool.submit(() -> number)
              .thenApply(x -> x + pool.submit(() -> 1).join())
              .thenApply(x -> x + pool.submit(() -> 1).join()));
    }
    for (int i = 0; i < chained.size(); i++) {
      assertThat(chained.get(i).orTimeout(30, SECONDS).join()).isEqualTo(i + 2);
    }
  }

  @Test
  void callbacksDoNotRunOnThreadsThatThePoolNeeds() throws Exception {
    Mark end = mark("end");
    TaskFuture<Integer> future =
        pool()
            .submit(
                () -> {
                  end.await();
                  return 1;
                });
    CompletableFuture<Boolean> virtual =
        future.thenApply(value -> Thread.currentThread().isVirtual());
    CompletableFuture<Boolean> handled =
        future.handle((value, error) -> Thread.currentThread().isVirtual());
    end.set();
    assertThat(virtual.get(20, SECONDS)).isTrue();
    assertThat(handled.get(20, SECONDS)).isTrue();
  }

  @Test
  void aLateCallbackRunsInTheRegisteringThread() throws Exception {
    TaskFuture<Integer> future = pool().submit(() -> 1);
    future.get();
    assertThat(future.thenApply(x -> Thread.currentThread()).join())
        .isSameAs(Thread.currentThread());
  }

  @Test
  void callbacksOfACancelledTaskRunToo() throws Exception {
    Mark never = mark("never");
    TaskFuture<Void> future = pool().submit(() -> never.await());
    CompletableFuture<String> seen = future.handle((value, error) -> error.getClass().getName());
    future.cancel(true);
    assertThat(seen.get(20, SECONDS)).isEqualTo("java.util.concurrent.CancellationException");
  }

  @Test
  void futuresCombineAsCompletableFuturesDo() throws Exception {
    TaskFuture<Integer> two = pool().submit(() -> 2);
    TaskFuture<Integer> three = pool().submit(() -> 3);
    assertThat(two.thenCombine(three, (a, b) -> a * b).get()).isEqualTo(6);
    CompletableFuture.allOf(two, three).get(20, SECONDS);
    assertThat(CompletableFuture.anyOf(two, three).get(20, SECONDS)).isIn(2, 3);
    assertThat(two.applyToEither(three, x -> x).get()).isIn(2, 3);
    assertThat(two.acceptEither(three, x -> {}).get()).isNull();
    assertThat(two.runAfterBoth(three, () -> {}).get()).isNull();
    assertThat(two.exceptionally(e -> 0).get()).isEqualTo(2);
  }

  @Test
  void oneThousandVirtualThreadsGetOneResult() throws Exception {
    Mark end = mark("end");
    TaskFuture<Integer> future =
        pool()
            .submit(
                () -> {
                  end.await();
                  return 11;
                });
    var sum = new AtomicInteger();
    var threads =
        Stream.generate(() -> Thread.startVirtualThread(() -> sum.addAndGet(future.join())))
            .limit(1000)
            .toList();
    end.set();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(sum).hasValue(11_000);
  }

  @Test
  void theStateIsToldBeforeAndAfterTheEnd() throws Exception {
    Mark end = mark("end");
    TaskFuture<Integer> future =
        pool()
            .submit(
                () -> {
                  end.await();
                  return 4;
                });
    assertThat(future.isDone()).isFalse();
    assertThat(future.state()).isEqualTo(Future.State.RUNNING);
    assertThat(future.getNow(-1)).isEqualTo(-1);
    assertThatThrownBy(future::resultNow).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> future.get(10, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    end.set();
    assertThat(future.get(20, SECONDS)).isEqualTo(4);
    assertThat(future.getNow(-1)).isEqualTo(4);
    assertThat(future.resultNow()).isEqualTo(4);
    assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(future.isCompletedExceptionally()).isFalse();
    assertThat(future.toString()).contains(future.name());
  }

  @Test
  void aTimeoutOfGetLeavesTheTaskAlone() throws Exception {
    Mark end = mark("end");
    TaskFuture<Integer> future =
        pool()
            .submit(
                () -> {
                  end.await();
                  return 4;
                });
    assertThatThrownBy(() -> future.get(1, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    end.set();
    assertThat(future.get()).isEqualTo(4);
  }

  @Test
  void whatATaskDidIsSeenByWhoGotItsResult() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeFalse(engine.isolated());
    for (int i = 0; i < 2000; i++) {
      int[] box = new int[1];
      int value = i;
      box[0] = value;
      pool().submit(() -> box[0] == value ? box[0]++ : -1).get();
      assertThat(box[0]).isEqualTo(value + 1);
    }
  }
}
