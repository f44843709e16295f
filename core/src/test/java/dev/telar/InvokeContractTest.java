package dev.telar;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// `invokeAll` and `invokeAny`, as ExecutorService says.
class InvokeContractTest extends PoolContract {

  private static Task<Integer> failing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  private static Task<Integer> waiting(Mark end, int value) {
    return () -> {
      end.await();
      return value;
    };
  }

  @Test
  void invokeAllGivesDoneFuturesInTheOrderOfTheTasks() throws Exception {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      tasks.add(() -> number * number);
    }
    List<Future<Integer>> futures = pool().invokeAll(tasks);
    assertThat(futures).hasSize(20).allMatch(Future::isDone);
    for (int i = 0; i < 20; i++) {
      assertThat(futures.get(i).get()).isEqualTo(i * i);
    }
  }

  @Test
  void invokeAllOfNothingIsNothing() throws Exception {
    assertThat(pool().invokeAll(List.<Task<Integer>>of())).isEmpty();
    assertThat(pool().invokeAll(List.<Task<Integer>>of(), 1, SECONDS)).isEmpty();
  }

  @Test
  void invokeAllKeepsFailuresInTheirFutures() throws Exception {
    List<Future<Integer>> futures =
        pool().invokeAll(List.of(Task.of(() -> 1), failing("two"), Task.of(() -> 3)));
    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThat(failure(futures.get(1)::get)).hasMessage("two");
    assertThat(futures.get(2).get()).isEqualTo(3);
  }

  @Test
  void invokeAllCancelsWhatIsLeftAtItsTimeout() throws Exception {
    Mark never = mark("never");
    pool().submit(() -> 0).get(); // the workers are up
    List<Future<Integer>> futures =
        pool().invokeAll(List.of(Task.of(() -> 1), waiting(never, 2)), 500, MILLISECONDS);
    assertThat(futures).allMatch(Future::isDone);
    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThat(futures.get(1).isCancelled()).isTrue();
    assertThat(pool().submit(() -> 1).get()).isEqualTo(1);
  }

  @Test
  void invokeAllWithNoTimeStillGivesAFutureForEachTask() throws Exception {
    Mark never = mark("never");
    List<Future<Integer>> futures =
        pool().invokeAll(List.of(waiting(never, 1), waiting(never, 2)), 0, SECONDS);
    assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
  }

  @Test
  void interruptedInvokeAllCancelsItsTasks() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Task<Integer> task =
        () -> {
          started.setAndWaitFor(interrupted);
          return 1;
        };
    var caller = interruptible(() -> pool().invokeAll(List.of(task)));
    started.await();
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(interrupted.await(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void invokeAnyGivesTheFirstSuccess() throws Exception {
    Mark never = mark("never");
    assertThat(pool().invokeAny(List.of(failing("no"), Task.of(() -> 7)))).isEqualTo(7);
    assertThat(pool().invokeAny(List.of(waiting(never, 1), Task.of(() -> 8)))).isEqualTo(8);
    assertThat(pool().invokeAny(List.of(waiting(never, 1), Task.of(() -> 9)), 20, SECONDS))
        .isEqualTo(9);
  }

  @Test
  void invokeAnyCancelsTheOthers() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Task<Integer> slow =
        () -> {
          started.setAndWaitFor(interrupted);
          return 1;
        };
    Task<Integer> fast =
        () -> {
          started.await();
          return 2;
        };
    assertThat(pool().invokeAny(List.of(slow, fast))).isEqualTo(2);
    assertThat(interrupted.await(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void invokeAnyWithoutSuccessThrowsAFailure() {
    assertThatThrownBy(() -> pool().invokeAny(List.of(failing("one"), failing("two"))))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pool().invokeAny(List.of(failing("one")), 20, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("one");
  }

  @Test
  void invokeAnyThrowsAtItsTimeoutAndCancels() {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Task<Integer> task =
        () -> {
          started.setAndWaitFor(interrupted);
          return 1;
        };
    assertThatThrownBy(() -> pool().invokeAny(List.of(task), 200, MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(pool().submit(() -> 1).join()).isEqualTo(1);
  }

  @Test
  void invokeAnyOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pool().invokeAny(List.<Task<Integer>>of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pool().invokeAny(List.<Task<Integer>>of(), 1, SECONDS));
  }

  @Test
  void interruptedInvokeAnyCancelsItsTasks() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Task<Integer> task =
        () -> {
          started.setAndWaitFor(interrupted);
          return 1;
        };
    var caller = interruptible(() -> pool().invokeAny(List.of(task)));
    started.await();
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(interrupted.await(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void nullsAreRefused() {
    Pool pool = pool();
    List<Task<Integer>> withNull = Arrays.asList(Task.of(() -> 1), null);
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(null));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(null, 1, SECONDS));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(withNull));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(withNull, 1, SECONDS));
    assertThatNullPointerException()
        .isThrownBy(() -> pool.invokeAll(List.of(Task.of(() -> 1)), 1, null));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(null));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(null, 1, SECONDS));
    assertThatNullPointerException()
        .isThrownBy(() -> pool.invokeAny(Collections.singletonList((Task<Integer>) null)));
    assertThatNullPointerException()
        .isThrownBy(() -> pool.invokeAny(List.of(Task.of(() -> 1)), 1, null));
  }

  @Test
  void awaitTerminationTellsWhetherItCame() throws Exception {
    Pool pool = open();
    Mark end = mark("end");
    TaskFuture<Void> task = pool.submit(() -> end.await());
    assertThat(pool.awaitTermination(0, SECONDS)).isFalse();
    pool.shutdown();
    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.isTerminated()).isFalse();
    assertThat(pool.awaitTermination(10, MILLISECONDS)).isFalse();
    end.set();
    assertThat(pool.awaitTermination(Long.MAX_VALUE, DAYS)).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(task.isDone()).isTrue();
    assertThat(pool.awaitTermination(0, SECONDS)).isTrue();
  }

  @Test
  void awaitTerminationCanBeInterrupted() throws Exception {
    Pool pool = open();
    var caller = interruptible(() -> pool.awaitTermination(1, DAYS));
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
  }

  @Test
  void aCallerThatWaitsForAResultCanBeInterrupted() throws Exception {
    Mark end = mark("end");
    TaskFuture<Integer> future = pool().submit(waiting(end, 3));
    var caller = interruptible(future::get);
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    end.set();
    assertThat(future.get()).isEqualTo(3); // the task went on
  }

  private record Caller(Thread thread, CompletableFuture<Object> outcome) {
    void interrupt() {
      thread.interrupt();
    }

    Throwable failure() {
      return PoolContract.failure(() -> outcome.get(20, SECONDS));
    }
  }

  /// Runs a waiting call on a thread of its own.
  private static Caller interruptible(Callable<?> call) {
    var outcome = new CompletableFuture<Object>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    outcome.complete(call.call());
                  } catch (Throwable e) {
                    outcome.completeExceptionally(e);
                  }
                });
    return new Caller(thread, outcome);
  }
}
