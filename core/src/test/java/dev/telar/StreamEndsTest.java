package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams that end before their input does: nobody waits for ever, no result is lost in silence.
class StreamEndsTest {

  @Test
  @Timeout(20)
  void aStreamThatWasRefusedMayBeAskedAgain() {
    var pool = Pool.threads(1);
    try (var stream = pool.stream(x -> x, List.of(1))) {
      var iterator = stream.iterator();
      pool.shutdown();
      assertThatThrownBy(iterator::hasNext).isInstanceOf(RejectedExecutionException.class);
      boolean more = false;
      try {
        more = iterator.hasNext();
      } catch (RejectedExecutionException e) {
        // as good: it answers
      }
      assertThat(more).isFalse();
    }
  }

  private static void assertTimesOutBehindTwoResults(Pool pool, TaskOptions options) {
    TaskFunction<Integer, Integer> function =
        x -> {
          if (x == 3) {
            Thread.sleep(60_000);
          }
          return x;
        };
    pool.map(function, List.of(5, 6, 7, 8)); // no worker loads classes in the time of an item
    var got = new ArrayList<Integer>();
    var limited = pool.with(options.timeout(Duration.ofMillis(400)));
    assertThatThrownBy(() -> limited.stream(function, List.of(1, 2, 3, 4)).forEach(got::add))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TaskTimeoutException.class);
    assertThat(got).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void anItemThatExceedsItsLimitComesAfterTheResultsBeforeIt(Engine engine) {
    try (Pool pool = engine.open()) {
      assertTimesOutBehindTwoResults(pool, TaskOptions.defaults());
    }
  }

  @Test
  void anInterruptedChunkBringsTheResultsBeforeTheItemThatExceededItsLimit() {
    try (var pool = Pool.processes(1)) {
      assertTimesOutBehindTwoResults(pool, TaskOptions.defaults().chunkSize(4));
    }
  }

  /// The items of a queue, without end.
  private static Iterable<Integer> itemsOf(LinkedBlockingQueue<Integer> queue) {
    return () ->
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            try {
              return queue.take();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
  }

  private static void drain(Iterator<Integer> iterator) {
    try {
      while (true) {
        iterator.next();
      }
    } catch (RejectedExecutionException e) {
      // the pool was shut down: that is what we wait for
    }
  }

  @Test
  void anItemThatComesDuringShutdownIsRunOrRefusedButNotForgotten() throws Exception {
    for (int round = 0; round < 100; round++) {
      var pool = Pool.threads(2);
      var queue = new LinkedBlockingQueue<Integer>();
      try (var stream = pool.stream(x -> x, itemsOf(queue))) {
        var iterator = stream.iterator();
        queue.add(1);
        assertThat(iterator.next()).isEqualTo(1);
        Thread producer =
            Thread.ofPlatform().start(() -> IntStream.range(0, 50).forEach(queue::add));
        Thread closer = Thread.ofPlatform().start(pool::shutdown);
        Thread consumer = Thread.ofPlatform().start(() -> drain(iterator));
        producer.join();
        closer.join();
        assertThat(consumer.join(Duration.ofSeconds(10))).as("round %d", round).isTrue();
        assertThat(pool.awaitTermination(10, SECONDS)).as("round %d", round).isTrue();
      }
    }
  }

  @Test
  void aGathererWhosePoolIsShutDownDropsNothingInSilence() {
    var pool = Pool.threads(2);
    assertThatThrownBy(
            () ->
                IntStream.range(0, 100)
                    .boxed()
                    .peek(
                        i -> {
                          if (i == 50) {
                            pool.shutdown();
                          }
                        })
                    .gather(pool.mapping((Integer x) -> x))
                    .toList())
        .isInstanceOf(RejectedExecutionException.class);
  }
}
