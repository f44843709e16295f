package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Source;
import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How streams end before their input does: closed, abandoned, shut down, interrupted.
class StreamEndContractTest extends PoolContract {

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
  void aClosedStreamInterruptsAndStopsThePulling() {
    try (var source = Source.blockingAfter(1)) {
      Stream<Integer> results = pool().stream(x -> x, source);
      Iterator<Integer> iterator = results.iterator();
      assertThat(iterator.next()).isZero();
      source.awaitBlocked();
      results.close();
      await().atMost(20, SECONDS).until(source::wasInterrupted);
    }
  }

  @Test
  void aClosedStreamCancelsWhatRunsAndWhatWaits() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Tally ran = Tally.in(folder, "ran");
    Stream<Integer> results =
        pool().with(TaskOptions.defaults().chunkSize(1).window(50)).stream(
            x -> {
              ran.add(x);
              started.setAndWaitFor(interrupted);
              return x;
            },
            range(50));
    Thread consumer = Thread.startVirtualThread(() -> failure(results::toList));
    started.await();
    results.close();
    assertThat(interrupted.await(Duration.ofSeconds(20))).isTrue();
    assertThat(pool().submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    if (engine.queues()) {
      assertThat(ran.count()).isLessThan(50);
    }
    assertThat(consumer.join(Duration.ofSeconds(20))).as("a consumer is not left waiting").isTrue();
  }

  @Test
  void anAbandonedStreamStopsPullingOnceItIsCollected() {
    var source = Source.endless();
    takeOneAndForget(source);
    await()
        .atMost(20, SECONDS)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              System.gc();
              return !source.pullerIsAlive();
            });
  }

  private void takeOneAndForget(Source source) {
    Iterator<Integer> iterator = pool().stream(x -> x, source).iterator();
    assertThat(iterator.next()).isZero();
    assertThat(source.pullerIsAlive()).isTrue();
  }

  @Test
  void anAbandonedStreamWhoseSourceBlocksIsInterrupted() {
    try (var source = Source.blockingAfter(1)) {
      takeOneAndForget(source);
      source.awaitBlocked();
      await()
          .atMost(20, SECONDS)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                System.gc();
                return source.wasInterrupted();
              });
    }
  }

  @Test
  void aStreamThatIsConsumedSlowlyIsNotTakenForAbandoned() {
    try (Stream<Integer> results =
        pool().with(TaskOptions.defaults().window(4)).stream(x -> x, range(40))) {
      var seen = new ArrayList<Integer>();
      results.forEach(
          x -> {
            if (x % 10 == 0) {
              System.gc();
            }
            seen.add(x);
          });
      assertThat(seen).isEqualTo(range(40));
    }
  }

  @Test
  void shutdownDeliversWhatWasPulledAndThenRefuses() throws Exception {
    Pool pool = open();
    var source = Source.endless();
    try (Stream<Integer> results =
        pool.with(TaskOptions.defaults().window(5)).stream(x -> x, source)) {
      Iterator<Integer> iterator = results.iterator();
      iterator.next();
      pool.shutdown();
      List<Integer> rest = new ArrayList<>();
      assertThat(failure(() -> drain(iterator, rest)))
          .isInstanceOf(RejectedExecutionException.class);
      assertThat(rest).isEqualTo(IntStream.rangeClosed(1, rest.size()).boxed().toList());
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    }
  }

  @Test
  void shutdownNowEndsAStream() throws Exception {
    Pool pool = open();
    Mark started = mark("started");
    Mark never = mark("never");
    try (Stream<Integer> results =
        pool.stream(
            x -> {
              started.set();
              never.await();
              return x;
            },
            Source.endless())) {
      var outcome = new CompletableFuture<Throwable>();
      Thread.startVirtualThread(() -> outcome.complete(failure(results::toList)));
      started.await();
      pool.shutdownNow();
      assertThat(outcome.get(20, SECONDS)).isNotNull();
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    }
  }

  @Test
  @Timeout(30)
  void closeDoesNotWaitForASourceThatBlocks() {
    try (var source = Source.blockingAfter(2)) {
      Pool pool = open();
      Stream<Integer> results = pool.stream(x -> x, source);
      Iterator<Integer> iterator = results.iterator();
      iterator.next();
      source.awaitBlocked();
      pool.close();
      assertThat(pool.isTerminated()).isTrue();
      assertThat(iterator.next()).isEqualTo(1);
      assertThatThrownBy(iterator::hasNext).isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void anInterruptedConsumerIsNotLeftWaiting() throws Exception {
    Mark started = mark("started");
    Mark never = mark("never");
    var outcome = new CompletableFuture<Throwable>();
    Pool pool = pool();
    try (Stream<Integer> results =
        pool.stream(
            x -> {
              started.set();
              never.await();
              return x;
            },
            range(2))) {
      Thread consumer = Thread.startVirtualThread(() -> outcome.complete(failure(results::toList)));
      started.await();
      consumer.interrupt();
      assertThat(outcome.get(20, SECONDS)).isNotNull();
    }
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }
}
