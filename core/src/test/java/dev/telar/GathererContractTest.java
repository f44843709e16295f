package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Gatherer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `stream.gather(pool.mapping(fn))`.
class GathererContractTest extends PoolContract {

  @Test
  void resultsKeepTheOrderOfTheStream() {
    List<Integer> results =
        IntStream.range(0, 3000).boxed().gather(pool().mapping((Integer x) -> x * 2)).toList();
    assertThat(results).isEqualTo(IntStream.range(0, 3000).map(x -> x * 2).boxed().toList());
  }

  @Test
  void nothingGivesNothing() {
    assertThat(Stream.<Integer>of().gather(pool().mapping((Integer x) -> x))).isEmpty();
  }

  @Test
  void nullsAreItemsAndResults() {
    assertThat(
            Arrays.asList(1, null).stream()
                .gather(pool().mapping((Integer x) -> x == null ? 0 : null)))
        .containsExactly(null, 0);
  }

  @Test
  void aShortCircuitedEndlessStreamEnds() {
    assertThat(
            Stream.iterate(0, x -> x + 1)
                .gather(pool().mapping((Integer x) -> x * x))
                .filter(x -> x > 50)
                .findFirst())
        .hasValue(64);
    assertThat(Stream.iterate(0, x -> x + 1).gather(pool().mapping((Integer x) -> x)).limit(5))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(pool().submit(() -> 1).join()).isEqualTo(1);
  }

  @Test
  void theWindowBoundsHowFarTheStreamRunsAhead() {
    var pulled = new AtomicInteger();
    var delivered = new AtomicInteger();
    var most = new AtomicInteger();
    TaskFunction<Integer, Integer> slow =
        x -> {
          Thread.sleep(1);
          return x;
        };
    IntStream.range(0, 100)
        .boxed()
        .peek(x -> most.accumulateAndGet(pulled.incrementAndGet() - delivered.get(), Math::max))
        .gather(pool().with(TaskOptions.defaults().window(8).chunkSize(1)).mapping(slow))
        .forEach(x -> delivered.incrementAndGet());
    assertThat(delivered).hasValue(100);
    assertThat(most.get()).isBetween(2, 9);
  }

  @Test
  void oneGathererServesSeveralStreams() {
    Gatherer<Integer, ?, Integer> doubling = pool().mapping((Integer x) -> x * 2);
    assertThat(Stream.of(1, 2).gather(doubling)).containsExactly(2, 4);
    assertThat(Stream.of(3).gather(doubling)).containsExactly(6);
    assertThat(Stream.of(1, 2, 3).gather(doubling.andThen(doubling))).containsExactly(4, 8, 12);
  }

  @Test
  void anExceptionReachesTheStreamAfterTheResultsBeforeIt() {
    Tally seen = Tally.in(folder, "seen");
    Throwable error =
        failure(
            () -> {
              Stream.of(0, 1, 2, 3, 4, 5)
                  .gather(
                      pool()
                          .mapping(
                              (Integer x) -> {
                                if (x == 4) {
                                  throw new IllegalStateException("item " + x);
                                }
                                return x;
                              }))
                  .forEach(seen::add);
              return null;
            });
    assertThat(error).hasMessageContaining("item 4");
    assertThat(seen.lines()).containsExactly("0", "1", "2", "3");
  }

  @Test
  void itemsRunInParallel() {
    int width = Math.min(engine.parallelism(), 4);
    Tally started = Tally.in(folder, "started");
    List<Integer> results =
        IntStream.range(0, width)
            .boxed()
            .gather(
                pool()
                    .with(TaskOptions.defaults().chunkSize(1))
                    .mapping(
                        (Integer x) -> {
                          started.add(x);
                          while (started.count() < width) {
                            Thread.sleep(1);
                          }
                          return x;
                        }))
            .toList();
    assertThat(results).hasSize(width);
  }

  @Test
  void whatWasSentAheadOfAShortCircuitDoesNotOccupyThePoolForEver() {
    Tally running = Tally.in(folder, "running");
    shortCircuit(running);
    TaskFuture<Integer> next = pool().submit(() -> 1);
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              System.gc();
              return next.isDone();
            });
  }

  private void shortCircuit(Tally running) {
    assertThat(
            Stream.iterate(0, x -> x + 1)
                .gather(
                    pool()
                        .with(TaskOptions.defaults().chunkSize(1).window(4))
                        .mapping(
                            (Integer x) -> {
                              if (x > 0) {
                                running.add(x);
                                Thread.sleep(60_000);
                              }
                              return x;
                            }))
                .findFirst())
        .hasValue(0);
  }
}
