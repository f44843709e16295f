package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `map` and `starmap`.
class MapContractTest extends PoolContract {

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  @Test
  void resultsComeInTheOrderOfTheItems() {
    assertThat(pool().map(x -> x * x, List.of(1, 2, 3))).containsExactly(1, 4, 9);
    assertThat(pool().map(x -> x + 1, range(5000)))
        .isEqualTo(IntStream.rangeClosed(1, 5000).boxed().toList());
  }

  @Test
  void slowFirstItemsDoNotChangeTheOrder() {
    var one = pool().with(TaskOptions.defaults().chunkSize(1));
    assertThat(
            one.map(
                x -> {
                  Thread.sleep(x == 0 ? 50 : 0);
                  return x;
                },
                range(20)))
        .isEqualTo(range(20));
  }

  @Test
  void nothingMapsToNothing() {
    assertThat(pool().map(x -> x, List.of())).isEmpty();
    assertThat(pool().map((a, b) -> a, List.of(), List.of(1))).isEmpty();
    assertThat(pool().starmap((a, b) -> a, List.<Pair<Integer, Integer>>of())).isEmpty();
  }

  @Test
  void nullsAreItemsAndResults() {
    assertThat(pool().map(x -> x == null ? "null" : null, Arrays.asList(null, 1, null)))
        .containsExactly("null", null, "null");
  }

  @Test
  void theResultCannotBeModified() {
    List<Integer> result = pool().map(x -> x, List.of(1));
    assertThatThrownBy(() -> result.add(2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> result.set(0, 2)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void twoInputsAreZippedUntilTheShorterEnds() {
    assertThat(pool().map(Integer::sum, List.of(1, 2, 3), List.of(10, 20))).containsExactly(11, 22);
    assertThat(pool().map((a, b) -> a + b, List.of("a"), List.of(1, 2))).containsExactly("a1");
    assertThat(pool().map((a, b) -> a == null ? b : a, Arrays.asList(null, 1), List.of(8, 9)))
        .containsExactly(8, 1);
  }

  @Test
  void starmapSpreadsPairsAndTriples() {
    assertThat(pool().starmap(Integer::sum, List.of(Pair.of(1, 2), Pair.of(3, 4), Pair.of(5, 6))))
        .containsExactly(3, 7, 11);
    assertThat(
            pool().starmap((a, b, c) -> a + b * c, List.of(Triple.of(1, 2, 3), Triple.of(4, 5, 6))))
        .containsExactly(7, 34);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 49, 99})
  void anExceptionAtAnItemIsTheCauseOfTheMapsFailure(int k) {
    assertThatThrownBy(
            () ->
                pool()
                    .map(
                        x -> {
                          if (x == k) {
                            throw new IOException("item " + x);
                          }
                          return x;
                        },
                        range(100)))
        .isInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(IOException.class)
        .hasRootCauseMessage("item " + k);
    assertThat(pool().map(x -> x, range(10))).isEqualTo(range(10));
  }

  @Test
  void aFailureCancelsWhatIsLeft() {
    Tally ran = Tally.in(folder, "ran");
    assertThatThrownBy(
            () ->
                pool()
                    .with(TaskOptions.defaults().chunkSize(1))
                    .map(
                        x -> {
                          ran.add(x);
                          if (x == 0) {
                            throw new IllegalStateException();
                          }
                          Thread.sleep(5);
                          return x;
                        },
                        range(2000)))
        .isInstanceOf(CompletionException.class);
    pool().submit(() -> 1).join();
    assertThat(ran.count()).isLessThan(1500);
  }

  @Test
  void anErrorOfTheInputReachesTheCaller() {
    Iterable<Integer> broken =
        () -> {
          throw new IllegalArgumentException("no iterator");
        };
    assertThat(failure(() -> pool().map(x -> x, broken))).hasMessageContaining("no iterator");
    assertThat(failure(() -> pool().map(x -> x, brokenAfter(10)))).hasMessageContaining("broken");
    assertThat(pool().map(x -> x, range(3))).isEqualTo(range(3));
  }

  private static Iterable<Integer> brokenAfter(int n) {
    return () -> {
      Iterator<Integer> good = range(n).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return true;
        }

        @Override
        public Integer next() {
          if (!good.hasNext()) {
            throw new IllegalStateException("broken");
          }
          return good.next();
        }
      };
    };
  }

  @Test
  void theInputIsIteratedOnceByTheCaller() {
    List<Thread> threads = new ArrayList<>();
    Iterable<Integer> input =
        () -> {
          threads.add(Thread.currentThread());
          return List.of(1, 2).iterator();
        };
    assertThat(pool().map(x -> x, input)).containsExactly(1, 2);
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aMillionIntsComeBackWholeAndInOrder() {
    List<Integer> results = pool().map(x -> x ^ 1, range(1_000_000));
    assertThat(results).hasSize(1_000_000);
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) != (i ^ 1)) {
        throw new AssertionError(i + " → " + results.get(i));
      }
    }
  }

  @Test
  void bigStringsTravel() {
    String big = "añ€😀".repeat(300_000);
    List<String> results = pool().map(s -> s + "!", List.of(big, "", big));
    assertThat(results).hasSize(3);
    assertThat(results.get(0).equals(big + "!")).isTrue();
    assertThat(results.get(1)).isEqualTo("!");
  }

  @Test
  void differentTypesOfItemsMix() {
    List<Object> items = List.of(1, 2L, "three", 4.0, 'c', true, new int[] {6}, List.of(7));
    List<String> names = pool().map(x -> x.getClass().getSimpleName(), items);
    assertThat(names.subList(0, 7))
        .containsExactly("Integer", "Long", "String", "Double", "Character", "Boolean", "int[]");
    List<Object> back = pool().map(x -> x, items);
    assertThat(back.subList(0, 6)).isEqualTo(items.subList(0, 6));
    assertThat((int[]) back.get(6)).containsExactly(6);
    assertThat(back.get(7)).isEqualTo(List.of(7));
  }

  @Test
  void whatAFunctionCapturesTravelsWithIt() {
    Map<String, Integer> prices = Map.of("apple", 3, "pear", 4);
    assertThat(pool().map(prices::get, List.of("pear", "apple", "none")))
        .containsExactly(4, 3, null);
  }

  @Test
  void aFixedChunkSizeIsKept() {
    Tally ran = Tally.in(folder, "ran");
    assertThat(pool().with(TaskOptions.defaults().chunkSize(7)).map(x -> x, range(100)))
        .isEqualTo(range(100));
    assertThat(
            pool()
                .with(TaskOptions.defaults().chunkSize(1000))
                .map(
                    x -> {
                      ran.add(Thread.currentThread() + "@" + ProcessHandle.current().pid());
                      return x;
                    },
                    range(50)))
        .isEqualTo(range(50));
    assertThat(new HashSet<>(ran.lines())).as("one chunk runs on one thread").hasSize(1);
  }

  @Test
  void eachItemHasItsOwnTimeLimit() {
    var limited =
        pool().with(TaskOptions.defaults().timeout(java.time.Duration.ofMillis(400)).chunkSize(20));
    assertThat(
            limited.map(
                x -> {
                  Thread.sleep(30);
                  return x;
                },
                range(20)))
        .as("20 items of 30 ms in one chunk")
        .isEqualTo(range(20));
    assertThatThrownBy(
            () ->
                limited.map(
                    x -> {
                      Thread.sleep(x == 3 ? 60_000 : 0);
                      return x;
                    },
                    range(5)))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TaskTimeoutException.class);
    assertThat(pool().map(x -> x, range(3))).isEqualTo(range(3));
  }

  @Test
  void anInterruptedMapIsCancelled() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    var statusSetAgain = new AtomicBoolean();
    var outcome = new CompletableFuture<Throwable>();
    Pool pool = pool();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  outcome.complete(
                      failure(
                          () ->
                              pool.map(
                                  x -> {
                                    started.setAndWaitFor(interrupted);
                                    return x;
                                  },
                                  range(1))));
                  statusSetAgain.set(Thread.currentThread().isInterrupted());
                });
    started.await();
    caller.interrupt();
    assertThat(outcome.get(20, SECONDS)).isInstanceOf(CancellationException.class);
    caller.join();
    assertThat(statusSetAgain).isTrue();
    assertThat(interrupted.await(java.time.Duration.ofSeconds(20))).isTrue();
    assertThat(pool.map(x -> x, range(3))).isEqualTo(range(3));
  }

  @Test
  void aMapThatIsRunningEndsWhenThePoolIsShutDown() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark end = mark("end");
    CompletableFuture<List<Integer>> result =
        inBackground(() -> pool.map(gated(started, end), range(30)));
    started.await();
    pool.shutdown();
    end.set();
    assertThat(result.get(20, SECONDS)).isEqualTo(range(30));
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  void shutdownNowCancelsARunningMap() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark never = mark("never");
    CompletableFuture<List<Integer>> result =
        inBackground(() -> pool.map(gated(started, never), range(30)));
    started.await();
    pool.shutdownNow();
    assertThat(failure(() -> result.get(20, SECONDS))).isInstanceOf(CancellationException.class);
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
  }

  private static TaskFunction<Integer, Integer> gated(Mark started, Mark end) {
    return x -> {
      started.set();
      end.await();
      return x;
    };
  }

  @Test
  void manyMapsRunAtOnce() throws Exception {
    Pool pool = pool();
    var running =
        IntStream.range(0, 8)
            .mapToObj(i -> inBackground(() -> pool.map(x -> x * 100 + i, range(500))))
            .toList();
    for (int i = 0; i < running.size(); i++) {
      int number = i;
      assertThat(running.get(i).get(30, SECONDS))
          .isEqualTo(range(500).stream().map(x -> x * 100 + number).toList());
    }
  }

  @Test
  void aShortMapDuringALongOneFinishesEarly() throws Exception {
    assumeTrue(engine.queues());
    Pool pool = pool();
    Tally progress = Tally.in(folder, "progress");
    CompletableFuture<List<Integer>> longOne =
        inBackground(
            () ->
                pool.map(
                    x -> {
                      progress.add(x);
                      Thread.sleep(2);
                      return x;
                    },
                    range(2000)));
    await().atMost(20, SECONDS).until(() -> progress.count() > 10);
    assertThat(pool.map(x -> x, range(20))).isEqualTo(range(20));
    assertThat(progress.count()).isLessThan(1000);
    assertThat(longOne.isDone()).isFalse();
    longOne.cancel(true);
    assertThat(longOne.isDone()).isTrue();
  }

  private static <T> CompletableFuture<T> inBackground(Callable<T> call) {
    var outcome = new CompletableFuture<T>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    outcome.complete(call.call());
                  } catch (Throwable e) {
                    outcome.completeExceptionally(e);
                  }
                });
    outcome.whenComplete((value, error) -> thread.interrupt());
    return outcome;
  }
}
