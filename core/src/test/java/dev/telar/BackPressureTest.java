package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.testing.Engine;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pools that take only so many unfinished tasks.
class BackPressureTest extends PoolContract {

  static Pool open(Engine engine, int tasks, WhenFull whenFull) {
    return switch (engine) {
      case THREADS -> ThreadPool.builder().threads(2).maxPending(tasks, whenFull).build();
      case VIRTUAL_THREADS -> ThreadPool.builder().virtual().maxPending(tasks, whenFull).build();
      case PROCESSES -> ProcessPool.builder().workers(2).maxPending(tasks, whenFull).build();
      case PROCESSES_WITH_THREADS ->
          ProcessPool.builder().workers(2).threadsPerWorker(2).maxPending(tasks, whenFull).build();
    };
  }

  private Pool limited(int tasks, WhenFull whenFull) {
    return closeLater(open(engine, tasks, whenFull));
  }

  private List<TaskFuture<Void>> fill(Pool pool, int tasks, Mark end) {
    var futures = new ArrayList<TaskFuture<Void>>();
    for (int i = 0; i < tasks; i++) {
      futures.add(pool.submit(() -> end.await()));
    }
    return futures;
  }

  /// A thread that submits to a pool that is full.
  private record Blocked(Thread thread, CompletableFuture<Integer> result) {

    static Blocked in(Pool pool) {
      var result = new CompletableFuture<Integer>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      result.complete(pool.submit(() -> 7).get());
                    } catch (Throwable e) {
                      result.completeExceptionally(e);
                    }
                  });
      await().until(() -> thread.getState() == Thread.State.WAITING);
      return new Blocked(thread, result);
    }

    Throwable failure() {
      return PoolContract.failure(() -> result.get(20, SECONDS));
    }
  }

  @Test
  void aProducerWaitsUntilATaskHasEnded() throws Exception {
    Pool pool = limited(5, WhenFull.BLOCK);
    Mark end = mark("end");
    fill(pool, 5, end);
    Blocked blocked = Blocked.in(pool);
    assertThat(blocked.result).isNotDone();
    end.set();
    assertThat(blocked.result.get(20, SECONDS)).isEqualTo(7);
  }

  @Test
  void aCancelledTaskMakesRoom() throws Exception {
    Pool pool = limited(5, WhenFull.BLOCK);
    List<TaskFuture<Void>> futures = fill(pool, 5, mark("never"));
    Blocked blocked = Blocked.in(pool);
    futures.forEach(future -> future.cancel(true));
    assertThat(blocked.result.get(20, SECONDS)).isEqualTo(7);
  }

  @Test
  void anInterruptEndsTheWait() {
    Pool pool = limited(1, WhenFull.BLOCK);
    fill(pool, 1, mark("never"));
    Blocked blocked = Blocked.in(pool);
    blocked.thread.interrupt();
    assertThat(blocked.result.handle((value, error) -> error).join())
        .isInstanceOf(RejectedExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void theInterruptStatusIsSetAgain() {
    Pool pool = limited(1, WhenFull.BLOCK);
    fill(pool, 1, mark("never"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aShutdownEndsTheWait(boolean now) {
    Pool pool = limited(1, WhenFull.BLOCK);
    fill(pool, 1, mark("end"));
    Blocked blocked = Blocked.in(pool);
    Blocked another = Blocked.in(pool);
    if (now) {
      pool.shutdownNow();
    } else {
      pool.shutdown();
    }
    for (Blocked each : List.of(blocked, another)) {
      assertThat(each.result.handle((value, error) -> error).orTimeout(20, SECONDS).join())
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("shut down");
    }
  }

  @Test
  void aFullPoolRefusesIfItIsTold() throws Exception {
    Pool pool = limited(2, WhenFull.REJECT);
    Mark end = mark("end");
    List<TaskFuture<Void>> futures = fill(pool, 2, end);
    assertThatThrownBy(() -> pool.submit(() -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("has 2 unfinished tasks");
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> pool.invokeAll(List.<Callable<Integer>>of(() -> 1)))
        .isInstanceOf(RejectedExecutionException.class);
    end.set();
    for (TaskFuture<Void> future : futures) {
      future.get(20, SECONDS);
    }
    for (int i = 0; i < 20; i++) { // who has a result finds room for the next task
      assertThat(pool.submit(() -> 3).get(20, SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void theCallerRunsWhatIsTooMuch() throws Exception {
    Pool pool = limited(2, WhenFull.CALLER_RUNS);
    fill(pool, 2, mark("never"));
    Thread caller = Thread.currentThread();
    var seen = new AtomicInteger();
    TaskFuture<Boolean> future =
        pool.submit(
            () -> {
              seen.incrementAndGet();
              return Thread.currentThread() == caller;
            });
    assertThat(future).isDone();
    assertThat(future.get()).isTrue();
    assertThat(seen).hasValue(1);
    assertThat(PoolContract.failure(() -> pool.submit(() -> oops()).get()))
        .isInstanceOf(IllegalStateException.class);
    pool.shutdown();
    assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }

  private static int oops() {
    throw new IllegalStateException("oops");
  }

  @Test
  void invokeAllObeys() throws Exception {
    Tally runs = Tally.in(folder, "runs");
    List<Callable<Integer>> tasks =
        IntStream.range(0, 60)
            .<Callable<Integer>>mapToObj(
                i ->
                    (Task<Integer>)
                        () -> {
                          runs.add("+");
                          Thread.sleep(1);
                          runs.add("-");
                          return i;
                        })
            .toList();
    List<Future<Integer>> futures = limited(2, WhenFull.BLOCK).invokeAll(tasks);
    for (int i = 0; i < 60; i++) {
      assertThat(futures.get(i).get()).isEqualTo(i);
    }
    int running = 0;
    for (String line : runs.lines()) {
      running += line.equals("+") ? 1 : -1;
      assertThat(running).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(value = WhenFull.class, names = "REJECT", mode = EnumSource.Mode.EXCLUDE)
  void invokeAnyAndCompletionServicesObey(WhenFull whenFull) throws Exception {
    Pool pool = limited(2, whenFull);
    assertThat(pool.invokeAny(Collections.nCopies(20, (Task<Integer>) () -> 4))).isEqualTo(4);
    var service = new ExecutorCompletionService<Integer>(pool);
    for (int i = 0; i < 30; i++) {
      service.submit((Task<Integer>) () -> 5);
    }
    for (int i = 0; i < 30; i++) {
      assertThat(service.take().get()).isEqualTo(5);
    }
  }

  @Test
  void aTaskThatCannotTravelTakesNoPlace() throws Exception {
    assumeTrue(engine.isolated());
    Pool pool = limited(2, WhenFull.REJECT);
    var culprit = new Object();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> pool.submit(() -> culprit.toString()))
          .isInstanceOf(TaskNotSerializableException.class);
    }
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  void mapsDoNotCount() {
    Pool pool = limited(1, WhenFull.REJECT);
    List<Integer> items = IntStream.range(0, 500).boxed().toList();
    assertThat(pool.map(x -> x, items)).isEqualTo(items);
  }

  @Test
  void aTaskThatSubmitsToItsOwnPoolDoesNotWaitForItself() throws Exception {
    assumeTrue(!engine.isolated());
    Pool pool = limited(2, WhenFull.BLOCK);
    TaskFuture<Integer> sum =
        pool.submit(
            () -> {
              var parts = new ArrayList<TaskFuture<Integer>>();
              for (int i = 0; i < 10; i++) {
                parts.add(pool.submit(() -> 1));
              }
              int total = 0;
              for (TaskFuture<Integer> part : parts) {
                total += part.get();
              }
              return total;
            });
    assertThat(sum.get(20, SECONDS)).isEqualTo(10);
  }

  @Test
  void blockedVirtualThreadsTakeNoCarrierAway() throws Exception {
    Pool pool = limited(1, WhenFull.BLOCK);
    Mark end = mark("end");
    fill(pool, 1, end);
    var results = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 50; i++) {
      results.add(Blocked.in(pool).result);
    }
    var alive = new CompletableFuture<Boolean>();
    Thread.startVirtualThread(() -> alive.complete(true));
    assertThat(alive.get(5, SECONDS)).isTrue();
    end.set();
    for (CompletableFuture<Integer> result : results) {
      assertThat(result.get(30, SECONDS)).isEqualTo(7);
    }
  }

  /// Submits so many tasks to a pool of an engine and keeps none of their futures.
  static final class Producer {
    public static void main(String[] args) throws ExecutionException, InterruptedException {
      long tasks = Long.parseLong(args[1]);
      try (var pool = BackPressureTest.open(Engine.valueOf(args[0]), 1000, WhenFull.BLOCK)) {
        for (long i = 0; i < tasks; i++) {
          pool.submit(() -> 1);
        }
        System.out.println(pool.submit(() -> "done").get());
      }
    }
  }

  private void produce(long tasks, long seconds) {
    try (var program =
        JavaProgram.start(
            List.of("-Xmx64m"), List.of(), Producer.class, engine.name(), "" + tasks)) {
      assertThat(program.await(seconds).out()).isEqualTo("done\n");
    }
  }

  @Test
  @Timeout(120)
  void aProducerOfManyTasksNeedsLittleMemory() {
    produce(engine.isolated() ? 200_000 : 1_000_000, 110);
  }

  @Test
  @Tag("soak")
  @Timeout(900)
  void aProducerOfFiveMillionTasksNeedsLittleMemory() {
    produce(5_000_000, 880);
  }
}
