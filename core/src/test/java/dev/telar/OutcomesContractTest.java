package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `map` and streams that collect failures.
class OutcomesContractTest extends PoolContract {

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static int oddOnly(int x) {
    if (x % 2 == 0) {
      throw new IllegalArgumentException("even: " + x);
    }
    return x;
  }

  private static void assertOddOnly(List<Outcome<Integer>> outcomes, int n) {
    assertThat(outcomes).hasSize(n);
    for (int i = 0; i < n; i++) {
      switch (outcomes.get(i)) {
        case Outcome.Value<Integer>(Integer value) -> {
          assertThat(i % 2).isOne();
          assertThat(value).isEqualTo(i);
        }
        case Outcome.Failure<Integer>(Throwable cause) -> {
          assertThat(i % 2).isZero();
          assertThat(cause).isInstanceOf(IllegalArgumentException.class).hasMessage("even: " + i);
        }
      }
    }
  }

  @Test
  void aFailureTakesThePlaceOfItsItemAndOfNoOther() {
    assertOddOnly(pool().outcomes().map(OutcomesContractTest::oddOnly, range(3000)), 3000);
  }

  @Test
  void everyShapeOfMapCollectsFailures() {
    Outcomes outcomes = pool().outcomes();
    assertOddOnly(outcomes.stream(x -> oddOnly(x), range(300)).toList(), 300);
    assertOddOnly(range(300).stream().gather(outcomes.mapping(x -> oddOnly(x))).toList(), 300);
    assertOddOnly(outcomes.map((a, b) -> oddOnly(a + b), range(9), List.of(0, 0, 0, 0)), 4);
    assertOddOnly(outcomes.starmap((a, b) -> oddOnly(a - b), pairs(5)), 5);
    assertOddOnly(
        outcomes.starmap(
            (a, b, c) -> oddOnly(a + b + c), List.of(new Triple<>(0, 0, 0), new Triple<>(0, 1, 0))),
        2);
    try (Stream<Outcome<Integer>> stream = outcomes.streamUnordered(x -> oddOnly(x), range(300))) {
      assertThat(stream.filter(Outcome::isValue).map(Outcome::orElseThrow))
          .containsExactlyInAnyOrderElementsOf(
              range(300).stream().filter(x -> x % 2 == 1).toList());
    }
  }

  private static List<Pair<Integer, Integer>> pairs(int n) {
    return range(n).stream().map(x -> new Pair<>(x + 1, 1)).toList();
  }

  @Test
  void nullIsAValue() {
    List<Outcome<@Nullable Object>> outcomes =
        pool().outcomes().map(x -> null, Arrays.asList(1, null));
    assertThat(outcomes).containsExactly(new Outcome.Value<>(null), new Outcome.Value<>(null));
  }

  @Test
  void errorsAreCollectedLikeExceptions() {
    List<Outcome<Integer>> outcomes =
        pool()
            .outcomes()
            .map(
                x -> {
                  if (x == 1) {
                    throw new AssertionError("one");
                  }
                  return x;
                },
                range(3));
    assertThat(outcomes.get(0).orElse(-1)).isZero();
    assertThat(outcomes.get(1).orElse(-1)).isEqualTo(-1);
    assertThat(outcomes.get(2).orElseThrow()).isEqualTo(2);
    assertThatThrownBy(outcomes.get(1)::orElseThrow)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(AssertionError.class)
        .hasRootCauseMessage("one");
  }

  @Test
  void aTimeLimitCostsOneItemOfItsChunkAndRunsNoOtherTwice() {
    Tally runs = Tally.in(folder, "runs");
    var options = TaskOptions.defaults().timeout(Duration.ofMillis(1500)).chunkSize(10);
    List<Outcome<Integer>> outcomes =
        pool()
            .with(options)
            .outcomes()
            .map(
                x -> {
                  runs.add(x);
                  Thread.sleep(x == 4 ? 60_000 : 0);
                  return x;
                },
                range(20));
    for (int i = 0; i < 20; i++) {
      if (i == 4) {
        assertThat(((Outcome.Failure<Integer>) outcomes.get(i)).cause())
            .isInstanceOf(TaskTimeoutException.class);
      } else {
        assertThat(outcomes.get(i).orElseThrow()).isEqualTo(i);
      }
    }
    assertThat(runs.lines()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void anItemThatEndsByItselfAfterItsLimitCostsNoNeighbour() {
    Tally runs = Tally.in(folder, "runs");
    var options = TaskOptions.defaults().timeout(Duration.ofMillis(1500)).chunkSize(10);
    List<Outcome<Integer>> outcomes =
        pool()
            .with(options)
            .outcomes()
            .map(
                x -> {
                  runs.add(x);
                  try {
                    Thread.sleep(x == 4 ? 60_000 : 0);
                  } catch (InterruptedException e) {
                    // it goes on to its end
                  }
                  return x;
                },
                range(20));
    for (int i = 0; i < 20; i++) {
      if (i == 4) {
        assertThat(((Outcome.Failure<Integer>) outcomes.get(i)).cause())
            .isInstanceOf(TaskTimeoutException.class)
            .hasMessageContaining("item 4 ran longer");
      } else {
        assertThat(outcomes.get(i).orElseThrow()).isEqualTo(i);
      }
    }
    assertThat(runs.lines()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void anItemThatCannotTravelFailsInItsPlace() {
    var items = new ArrayList<Object>(range(50));
    items.set(7, new Object());
    items.set(8, new Object());
    items.set(49, new Object());
    List<Outcome<String>> outcomes = pool().outcomes().map(x -> "" + x, items);
    assertThat(outcomes).hasSize(50);
    for (int i = 0; i < 50; i++) {
      boolean travels = !engine.isolated() || items.get(i) instanceof Integer;
      assertThat(outcomes.get(i).isValue()).as("item %s", i).isEqualTo(travels);
      if (!travels) {
        assertThat(((Outcome.Failure<String>) outcomes.get(i)).cause())
            .isInstanceOf(TaskNotSerializableException.class);
      } else if (items.get(i) instanceof Integer) {
        assertThat(outcomes.get(i).orElseThrow()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void aResultThatCannotTravelFailsInItsPlace() {
    List<Outcome<Object>> outcomes =
        pool().outcomes().map(x -> x == 3 ? new Object() : x, range(50));
    assertThat(outcomes.get(3).isValue()).isEqualTo(!engine.isolated());
    assertThat(outcomes.stream().filter(Outcome::isValue).count())
        .isEqualTo(engine.isolated() ? 49 : 50);
    assertThat(outcomes.get(49).orElseThrow()).isEqualTo(49);
  }

  @Test
  void aSourceThatFailsStillThrows() {
    Stream<Integer> source =
        Stream.iterate(0, x -> x + 1)
            .peek(
                x -> {
                  if (x == 20) {
                    throw new IllegalStateException("source");
                  }
                });
    try (Stream<Outcome<Integer>> stream =
        pool().outcomes().stream(x -> oddOnly(x), source::iterator)) {
      assertThatThrownBy(stream::toList).hasStackTraceContaining("source");
    }
  }

  @Test
  void aPoolThatIsShutDownRefuses() {
    Pool pool = open();
    Outcomes outcomes = pool.outcomes();
    pool.shutdown();
    assertThatThrownBy(() -> outcomes.map(x -> x, range(3)))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
