package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Futures.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Waiting for several futures.
class FuturesTest {

  private final CompletableFuture<Integer> first = new CompletableFuture<>();
  private final CompletableFuture<Integer> second = new CompletableFuture<>();
  private final List<CompletableFuture<Integer>> both = List.of(first, second);

  @Test
  void futuresComeInTheOrderOfTheirCompletion() {
    second.complete(2);
    var iterator = Futures.asCompleted(both).iterator();
    assertThat(iterator.next()).isSameAs(second);
    first.completeExceptionally(new IllegalStateException());
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isSameAs(first);
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theIterableCanBeWalkedTwice() {
    first.complete(1);
    second.complete(2);
    var completed = Futures.asCompleted(both);
    assertThat(completed).containsExactly(first, second);
    assertThat(completed).containsExactly(first, second);
  }

  @Test
  void aFutureThatWasGivenTwiceComesTwice() {
    first.complete(1);
    assertThat(Futures.asCompleted(List.of(first, first))).containsExactly(first, first);
  }

  @Test
  void noFuturesCompleteAtOnce() throws Exception {
    assertThat(Futures.asCompleted(List.<CompletableFuture<Integer>>of())).isEmpty();
    for (When when : When.values()) {
      var result = Futures.await(List.<CompletableFuture<Integer>>of(), when);
      assertThat(result.done()).isEmpty();
      assertThat(result.notDone()).isEmpty();
    }
  }

  @Test
  void nextWaitsForACompletion() {
    first.completeOnTimeout(1, 20, TimeUnit.MILLISECONDS);
    List<Object> seen = new ArrayList<>();
    for (var future : Futures.asCompleted(List.of(first))) {
      seen.add(future.join());
    }
    assertThat(seen).containsExactly(1);
  }

  @Test
  void anInterruptEndsTheWaitingForTheNext() {
    var iterator = Futures.asCompleted(both).iterator();
    Thread.currentThread().interrupt();
    assertThatThrownBy(iterator::next)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void awaitFirstReturnsAtTheFirst() throws Exception {
    first.completeOnTimeout(1, 10, TimeUnit.MILLISECONDS);
    var result = Futures.await(both, When.FIRST);
    assertThat(result.done()).containsExactly(first);
    assertThat(result.notDone()).containsExactly(second);
  }

  @Test
  void awaitAllReturnsAtTheLast() throws Exception {
    first.complete(1);
    second.completeOnTimeout(2, 10, TimeUnit.MILLISECONDS);
    assertThat(Futures.await(both, When.ALL).done()).containsExactly(first, second);
  }

  @Test
  void awaitFirstFailureIsNotWokenByASuccess() throws Exception {
    first.complete(1);
    var early = Futures.await(both, When.FIRST_FAILURE, Duration.ofMillis(20));
    assertThat(early.notDone()).containsExactly(second);
    var third = new CompletableFuture<Integer>();
    second.cancel(true);
    var result = Futures.await(List.of(first, second, third), When.FIRST_FAILURE);
    assertThat(result.done()).containsExactly(first, second);
    assertThat(result.notDone()).containsExactly(third);
  }

  @Test
  void awaitReturnsAtItsTimeout() throws Exception {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(5))) {
      var result = Futures.await(both, When.ALL, none);
      assertThat(result.done()).isEmpty();
      assertThat(result.notDone()).containsExactly(first, second);
    }
  }

  @Test
  void awaitWithAnEndlessTimeoutIsNotAnOverflow() throws Exception {
    first.complete(1);
    var result = Futures.await(both, When.FIRST, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(result.done()).containsExactly(first);
  }

  @Test
  void awaitCanBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Futures.await(both, When.ALL))
        .isInstanceOf(InterruptedException.class);
  }
}
