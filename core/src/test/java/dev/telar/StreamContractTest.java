package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.testing.Mark;
import dev.telar.testing.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `stream` and `streamUnordered`.
class StreamContractTest extends PoolContract {

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static List<Integer> drain(Iterator<Integer> results, List<Integer> into) {
    while (results.hasNext()) {
      into.add(results.next());
    }
    return into;
  }

  @Test
  void resultsComeInTheOrderOfTheItems() {
    try (Stream<Integer> results = pool().stream(x -> x * 2, range(3000))) {
      assertThat(results.toList()).isEqualTo(range(3000).stream().map(x -> x * 2).toList());
    }
  }

  @Test
  void unorderedResultsAreAllThere() {
    try (Stream<Integer> results = pool().streamUnordered(x -> x * 2, range(3000))) {
      assertThat(results.sorted().toList())
          .isEqualTo(range(3000).stream().map(x -> x * 2).toList());
    }
  }

  @Test
  void nothingGivesNothing() {
    assertThat(pool().stream(x -> x, List.of())).isEmpty();
    assertThat(pool().streamUnordered(x -> x, List.of())).isEmpty();
  }

  @Test
  void nullsAreItemsAndResults() {
    assertThat(pool().stream(x -> x == null ? 0 : null, Arrays.asList(null, 1, null)))
        .containsExactly(0, null, 0);
    assertThat(pool().streamUnordered(x -> x == null ? 0 : null, Arrays.asList(null, 1, null)))
        .containsExactlyInAnyOrder(0, null, 0);
  }

  @Test
  void unorderedResultsComeInTheOrderOfCompletion() {
    Mark firstMayEnd = mark("first-may-end");
    var one = pool().with(TaskOptions.defaults().chunkSize(1));
    try (Stream<Integer> results =
        one.streamUnordered(
            x -> {
              if (x == 0) {
                firstMayEnd.await();
              }
              return x;
            },
            range(3))) {
      Iterator<Integer> iterator = results.iterator();
      assertThat(new HashSet<>(List.of(iterator.next(), iterator.next())))
          .containsExactlyInAnyOrder(1, 2);
      firstMayEnd.set();
      assertThat(iterator.next()).isZero();
      assertThat(iterator.hasNext()).isFalse();
    }
  }

  @Test
  void anEndlessInputIsPulledOnlyAsFarAsTheWindow() {
    for (boolean ordered : List.of(true, false)) {
      var source = Source.endless();
      var narrow = pool().with(TaskOptions.defaults().window(10));
      try (Stream<Integer> results =
          ordered ? narrow.stream(x -> x, source) : narrow.streamUnordered(x -> x, source)) {
        Iterator<Integer> iterator = results.iterator();
        for (int i = 0; i < 100; i++) {
          iterator.next();
          assertThat(source.pulled()).isLessThanOrEqualTo(i + 1 + 10 + 1);
        }
      }
      source.awaitQuiet();
    }
  }

  @Test
  void anEndlessInputStaysBoundedWithoutAWindowToo() {
    var source = Source.endless();
    try (Stream<Integer> results = pool().stream(x -> x + 1, source)) {
      assertThat(results.limit(1000).toList())
          .isEqualTo(IntStream.rangeClosed(1, 1000).boxed().toList());
    }
    source.awaitQuiet();
    int pulled = source.pulled();
    assertThat(pulled).isLessThan(2_000_000);
  }

  @Test
  void resultsArriveWhileTheSourceBlocks() throws Exception {
    for (boolean ordered : List.of(true, false)) {
      try (var source = Source.blockingAfter(3)) {
        try (Stream<Integer> results =
            ordered
                ? pool().stream(x -> x * 10, source)
                : pool().streamUnordered(x -> x * 10, source)) {
          Iterator<Integer> iterator = results.iterator();
          assertThat(List.of(iterator.next(), iterator.next(), iterator.next()))
              .containsExactlyInAnyOrder(0, 10, 20);
          source.release();
          assertThat(drain(iterator, new ArrayList<>())).isEmpty();
        }
      }
    }
  }

  @Test
  void aBigFixedChunkIsSentUnfilledWhenTheSourceBlocks() {
    try (var source = Source.blockingAfter(3);
        Stream<Integer> results =
            pool().with(TaskOptions.defaults().chunkSize(100)).stream(x -> x, source)) {
      Iterator<Integer> iterator = results.iterator();
      assertThat(List.of(iterator.next(), iterator.next(), iterator.next()))
          .containsExactly(0, 1, 2);
    }
  }

  @Test
  void anExceptionComesAfterTheResultsBeforeIt() {
    for (int k : List.of(0, 1, 17, 49)) {
      try (Stream<Integer> results =
          pool().stream(
              x -> {
                if (x == k) {
                  throw new IllegalStateException("item " + x);
                }
                return x;
              },
              range(50))) {
        List<Integer> seen = new ArrayList<>();
        Iterator<Integer> iterator = results.iterator();
        assertThat(rootMessage(() -> drain(iterator, seen))).contains("item " + k);
        assertThat(seen).isEqualTo(range(k));
      }
    }
  }

  @Test
  void anExceptionOfTheSourceComesAfterTheResultsBeforeIt() {
    for (int k : List.of(0, 1, 17)) {
      for (boolean inHasNext : List.of(true, false)) {
        List<Integer> seen = new ArrayList<>();
        try (Stream<Integer> results = pool().stream(x -> x, Source.throwingAfter(k, inHasNext))) {
          Iterator<Integer> iterator = results.iterator();
          assertThat(rootMessage(() -> drain(iterator, seen))).contains("source broke");
          assertThat(seen).isEqualTo(range(k));
        }
      }
    }
  }

  @Test
  void anInputWithoutAnIteratorFailsTheConsumer() {
    Iterable<Integer> broken =
        () -> {
          throw new IllegalStateException("no iterator");
        };
    assertThat(rootMessage(() -> pool().stream(x -> x, broken).toList())).contains("no iterator");
    assertThat(rootMessage(() -> pool().streamUnordered(x -> x, broken).toList()))
        .contains("no iterator");
    assertThat(pool().submit(() -> 1).join()).isEqualTo(1);
  }

  @Test
  void anExceptionReachesTheConsumerOfAnUnorderedStream() {
    try (Stream<Integer> results =
        pool()
            .streamUnordered(
                x -> {
                  if (x == 30) {
                    throw new IllegalStateException("item " + x);
                  }
                  return x;
                },
                range(50))) {
      assertThat(rootMessage(results::toList)).contains("item 30");
    }
  }

  private static String rootMessage(java.util.concurrent.Callable<?> call) {
    Throwable error = failure(call);
    while (error.getCause() != null) {
      error = error.getCause();
    }
    return String.valueOf(error.getMessage());
  }

  @Test
  void twoStreamsAreConsumedAlternately() {
    try (Stream<Integer> a =
            pool().with(TaskOptions.defaults().window(4)).stream(x -> x, range(300));
        Stream<Integer> b =
            pool().with(TaskOptions.defaults().window(4)).stream(x -> -x, range(300))) {
      Iterator<Integer> as = a.iterator();
      Iterator<Integer> bs = b.iterator();
      for (int i = 0; i < 300; i++) {
        assertThat(as.next()).isEqualTo(i);
        assertThat(bs.next()).isEqualTo(-i);
      }
    }
  }

  @Test
  void aStreamNobodyConsumesDoesNotHoldUpTheOthers() throws Exception {
    try (Stream<Integer> idle = pool().stream(x -> x, Source.endless())) {
      Iterator<Integer> iterator = idle.iterator();
      iterator.next();
      assertThat(pool().map(x -> x, range(100))).isEqualTo(range(100));
      assertThat(pool().submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
      try (Stream<Integer> other = pool().stream(x -> x, range(100))) {
        assertThat(other.toList()).isEqualTo(range(100));
      }
    }
  }

  @Test
  void aConsumerMaySubmitAndWait() {
    try (Stream<Integer> results = pool().stream(x -> x, range(50))) {
      assertThat(results.map(x -> pool().submit(() -> x + 1).join()).toList())
          .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    }
  }
}
