package dev.telar;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `submit` and `execute`: results, failures, refusals.
class SubmitContractTest extends PoolContract {

  private record Greeting(String text) implements Serializable {}

  private static final class Unfriendly extends IOException {
    Unfriendly(String message) {
      super(message);
    }
  }

  private static int answer() {
    return 42;
  }

  private static void throwsChecked() throws Unfriendly {
    throw new Unfriendly("not today");
  }

  @Test
  void aTaskGivesItsResult() throws Exception {
    String captured = "hello";
    assertThat(pool().submit(() -> new Greeting(captured)).get()).isEqualTo(new Greeting("hello"));
    assertThat(pool().submit(SubmitContractTest::answer).get()).isEqualTo(42);
  }

  @Test
  void aTaskMayGiveNull() throws Exception {
    TaskFuture<String> future = pool().submit(() -> (String) null);
    assertThat(future.get()).isNull();
    assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
  }

  @Test
  void anActionGivesNullAfterItHasRun() throws Exception {
    Mark ran = mark("ran");
    TaskFuture<Void> future = pool().submit(() -> ran.set());
    assertThat(future.get()).isNull();
    assertThat(ran.isSet()).isTrue();
  }

  @Test
  void anActionWithAResultGivesThatResult() throws Exception {
    Mark ran = mark("ran");
    assertThat(pool().submit(Action.of(ran::set), "done").get()).isEqualTo("done");
    assertThat(ran.isSet()).isTrue();
  }

  @Test
  void aCheckedExceptionComesBackAsItself() {
    assertThatThrownBy(pool().submit(SubmitContractTest::throwsChecked)::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(Unfriendly.class)
        .hasMessage("not today")
        .satisfies(
            cause ->
                assertThat(cause.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("throwsChecked")));
  }

  @Test
  void anErrorComesBackAsItself() {
    TaskFuture<Void> future =
        pool()
            .submit(
                () -> {
                  throw new AssertionError("wrong");
                });
    assertThat(failure(future::get)).isExactlyInstanceOf(AssertionError.class).hasMessage("wrong");
    assertThat(future.state()).isEqualTo(Future.State.FAILED);
    assertThat(future.exceptionNow()).isInstanceOf(AssertionError.class);
  }

  @Test
  void theCauseOfAnExceptionComesBackWithIt() {
    TaskFuture<Void> future =
        pool()
            .submit(
                () -> {
                  throw new IllegalStateException("outer", new IOException("inner"));
                });
    assertThat(failure(future::get))
        .hasMessage("outer")
        .hasCauseExactlyInstanceOf(IOException.class)
        .hasRootCauseMessage("inner");
  }

  @Test
  void aStackOverflowIsAnErrorOfTheTaskOnly() throws Exception {
    TaskFuture<Integer> deep = pool().submit(() -> endless(1));
    assertThat(failure(deep::get)).isInstanceOf(StackOverflowError.class);
    assertThat(pool().submit(SubmitContractTest::answer).get()).isEqualTo(42);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int endless(int n) {
    return endless(n + 1) + 1;
  }

  @Test
  void executeRunsItsAction() throws Exception {
    Mark ran = mark("ran");
    pool().execute(() -> ran.set());
    assertThat(ran.await(java.time.Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void whatAnExecutedActionThrowsReachesTheUncaughtExceptionHandler() throws Exception {
    var seen = new CompletableFuture<Throwable>();
    Thread.UncaughtExceptionHandler old = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> seen.complete(error));
    try {
      pool()
          .execute(
              () -> {
                throw new IllegalArgumentException("uncaught");
              });
      assertThat(seen.get(20, SECONDS))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("uncaught");
      assertThat(pool().submit(SubmitContractTest::answer).join()).isEqualTo(42);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(old);
    }
  }

  @Test
  void nullIsRefusedEverywhere() {
    Pool pool = pool();
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Task<String>) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Action) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Callable<String>) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null, "x"));
    assertThatNullPointerException().isThrownBy(() -> pool.execute((Action) null));
    assertThatNullPointerException().isThrownBy(() -> pool.execute((Runnable) null));
    assertThatNullPointerException().isThrownBy(() -> pool.with(null));
    assertThatNullPointerException().isThrownBy(() -> pool.map(null, List.of(1)));
    assertThatNullPointerException().isThrownBy(() -> pool.map(x -> x, null));
    assertThatNullPointerException().isThrownBy(() -> pool.map((a, b) -> a, null, List.of(1)));
    assertThatNullPointerException().isThrownBy(() -> pool.map((a, b) -> a, List.of(1), null));
    assertThatNullPointerException().isThrownBy(() -> pool.map(null, List.of(1), List.of(1)));
    assertThatNullPointerException()
        .isThrownBy(
            () -> pool.starmap((TaskBiFunction<Integer, Integer, Integer>) null, List.of()));
    assertThatNullPointerException()
        .isThrownBy(() -> pool.starmap((Integer a, Integer b) -> a, null));
    assertThatNullPointerException().isThrownBy(() -> pool.stream(null, List.of(1)));
    assertThatNullPointerException().isThrownBy(() -> pool.stream(x -> x, null));
    assertThatNullPointerException().isThrownBy(() -> pool.streamUnordered(null, List.of(1)));
    assertThatNullPointerException().isThrownBy(() -> pool.streamUnordered(x -> x, null));
    assertThatNullPointerException().isThrownBy(() -> pool.mapping(null));
    assertThatNullPointerException().isThrownBy(() -> pool.awaitTermination(1, null));
  }

  @Test
  void everythingIsRefusedAfterShutdown() {
    Pool pool = open();
    pool.shutdown();
    refuses(() -> pool.submit(() -> 1));
    refuses(() -> pool.submit(Action.of(() -> {})));
    refuses(() -> pool.submit((Callable<Integer>) Task.of(() -> 1)));
    refuses(() -> pool.submit((Runnable) Action.of(() -> {})));
    refuses(() -> pool.submit(Action.of(() -> {}), 1));
    refuses(() -> pool.execute(() -> {}));
    refuses(() -> pool.execute((Runnable) Action.of(() -> {})));
    refuses(() -> pool.invokeAll(List.of(Task.of(() -> 1))));
    refuses(() -> pool.invokeAny(List.of(Task.of(() -> 1))));
    refuses(() -> pool.map(x -> x, List.of(1)));
    refuses(() -> pool.map((a, b) -> a, List.of(1), List.of(1)));
    refuses(() -> pool.starmap((a, b) -> a, List.of(Pair.of(1, 2))));
    refuses(() -> pool.stream(x -> x, List.of(1)));
    refuses(() -> pool.streamUnordered(x -> x, List.of(1)));
  }

  private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(RejectedExecutionException.class)
        .isNotInstanceOf(TaskNotSerializableException.class);
  }

  @Test
  void aTaskKnownOnlyAsCallableOrRunnableRunsToo() throws Exception {
    Callable<Integer> callable = Task.of(() -> 7);
    Mark ran = mark("ran");
    Runnable runnable = Action.of(ran::set);
    assertThat(pool().submit(callable).get()).isEqualTo(7);
    assertThat(pool().submit(runnable).get()).isNull();
    assertThat(ran.isSet()).isTrue();
  }

  @Test
  void anUntypedLambdaRunsOnThreadsAndIsRefusedByProcesses() throws Exception {
    Callable<Integer> untyped = () -> 7;
    if (engine.isolated()) {
      assertThatThrownBy(() -> pool().submit(untyped))
          .isInstanceOf(TaskNotSerializableException.class)
          .hasMessageContaining("Task.of");
      assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 7, pool()))
          .isInstanceOf(TaskNotSerializableException.class);
      assertThatThrownBy(() -> pool().execute((Runnable) () -> {}))
          .isInstanceOf(TaskNotSerializableException.class);
    } else {
      assertThat(pool().submit(untyped).get()).isEqualTo(7);
      assertThat(CompletableFuture.supplyAsync(() -> 7, pool()).get()).isEqualTo(7);
    }
  }

  @Test
  void anExecutorCompletionServiceDeliversInOrderOfCompletion() throws Exception {
    Mark slowMayEnd = mark("slow-may-end");
    var service = new ExecutorCompletionService<String>(pool());
    Future<String> slow =
        service.submit(
            Task.of(
                () -> {
                  slowMayEnd.await();
                  return "slow";
                }));
    Future<String> fast = service.submit(Task.of(() -> "fast"));
    assertThat(service.take()).isSameAs(fast);
    assertThat(fast.get()).isEqualTo("fast");
    assertThat(service.poll()).isNull();
    slowMayEnd.set();
    assertThat(service.take()).isSameAs(slow);
    assertThat(slow.get()).isEqualTo("slow");
  }

  @Test
  void anExecutorCompletionServiceRunsItsTasksWhereThePoolDoes() throws Exception {
    var service = new ExecutorCompletionService<Long>(pool());
    service.submit(Task.of(() -> ProcessHandle.current().pid()));
    assertThat(service.take().get().equals(ProcessHandle.current().pid()))
        .isEqualTo(!engine.isolated());
  }

  @Test
  void aFailureInAnExecutorCompletionServiceIsDeliveredToo() throws Exception {
    var service = new ExecutorCompletionService<Void>(pool());
    service.submit(Action.of(SubmitContractTest::throwsChecked), null);
    Future<Void> done = service.poll(20, SECONDS);
    assertThat(done).isNotNull();
    assertThat(done.isDone()).isTrue();
    assertThat(failure(done::get)).isNotNull();
  }

  @Test
  void asManyTasksRunAtOnceAsThePoolIsWide() throws Exception {
    int width = Math.min(engine.parallelism(), 8);
    Tally started = Tally.in(folder, "started");
    Mark end = mark("end");
    var futures = new ArrayList<TaskFuture<Void>>();
    for (int i = 0; i < width; i++) {
      futures.add(
          pool()
              .submit(
                  () -> {
                    started.add("x");
                    end.await();
                  }));
    }
    await().atMost(20, SECONDS).until(() -> started.count() == width);
    if (engine.queues()) {
      TaskFuture<Integer> waiting = pool().submit(() -> 1);
      assertThatThrownBy(() -> waiting.get(50, MILLISECONDS)).isInstanceOf(TimeoutException.class);
      end.set();
      assertThat(waiting.get()).isEqualTo(1);
    }
    end.set();
    for (var future : futures) {
      future.get();
    }
  }

  @Test
  void aThousandVirtualThreadsSubmitAtOnce() throws Exception {
    Pool pool = pool();
    var go = new CountDownLatch(1);
    Set<Integer> results = java.util.concurrent.ConcurrentHashMap.newKeySet();
    var threads =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    Thread.startVirtualThread(
                        () -> {
                          try {
                            go.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                          results.add(pool.submit(() -> i * 2).join());
                        }))
            .toList();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(results)
        .isEqualTo(new HashSet<>(IntStream.range(0, 1000).map(i -> i * 2).boxed().toList()));
  }

  @Test
  void namesOfTasksComeFromTheirOptions() throws Exception {
    TaskFuture<Integer> named = pool().with(TaskOptions.defaults().name("weaving")).submit(() -> 1);
    assertThat(named.name()).contains("weaving");
    assertThat(named.toString()).contains("weaving");
    assertThat(pool().submit(() -> 1).name()).isNotEmpty();
    named.get();
  }

  @Test
  void aTaskOverItsTimeoutIsInterruptedAndFails() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    var limit = java.time.Duration.ofMillis(50);
    TaskFuture<Void> future =
        pool()
            .with(TaskOptions.defaults().timeout(limit))
            .submit(() -> started.setAndWaitFor(interrupted));
    assertThat(failure(future::get))
        .isInstanceOfSatisfying(
            TaskTimeoutException.class, e -> assertThat(e.limit()).isEqualTo(limit));
    assertThat(interrupted.await(java.time.Duration.ofSeconds(20))).isTrue();
    assertThat(pool().submit(() -> 1).get()).isEqualTo(1);
  }

  @Test
  void theTimeInTheQueueDoesNotCountForTheTimeout() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(engine.queues());
    Pool pool = open();
    Mark end = mark("end");
    occupy(pool, end);
    TaskFuture<Integer> future =
        pool.with(TaskOptions.defaults().timeout(java.time.Duration.ofMillis(200))).submit(() -> 1);
    assertThatThrownBy(() -> future.get(400, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    end.set();
    assertThat(future.get()).isEqualTo(1);
  }

  @Test
  void aCancelledFutureSaysSo() {
    Mark end = mark("end");
    TaskFuture<Void> future = pool().submit(() -> end.await());
    assertThat(future.cancel(true)).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThat(future.cancel(true)).isTrue(); // as CompletableFuture says of itself
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    assertThat(future.state()).isEqualTo(Future.State.CANCELLED);
    assertThat(pool().submit(() -> 1).join()).isEqualTo(1);
  }

  @Test
  void whatIsDoneCannotBeCancelled() throws Exception {
    TaskFuture<Integer> future = pool().submit(() -> 5);
    future.get();
    assertThat(future.cancel(true)).isFalse();
    assertThat(future.get()).isEqualTo(5);
  }
}
