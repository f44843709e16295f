package dev.telar;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Waits for several futures: what Python's `concurrent.futures` has in `as_completed` and `wait`.
public final class Futures {

  /// When [#await] returns.
  public enum When {
    /// When all futures are done.
    ALL,
    /// When one future is done.
    FIRST,
    /// When one future has failed or was cancelled, or all are done.
    FIRST_FAILURE
  }

  /// What [#await] found.
  ///
  /// @param <F> the type of the futures
  /// @param done the futures that were done, in the order in which they were given
  /// @param notDone the others
  public record Result<F>(Set<F> done, Set<F> notDone) {}

  private Futures() {}

  /// The futures in the order of their completion. The iterator waits in `next()` for the next one
  /// to complete. It is meant for one thread; each call of `iterator()` begins anew.
  ///
  /// An interrupt while it waits ends the waiting with [CompletionException] around the
  /// [InterruptedException] and sets the interrupt status again.
  ///
  /// @param <F> the type of the futures
  /// @param futures the futures; each is delivered as often as it was given
  /// @return an iterable over all of them
  public static <F extends CompletableFuture<?>> Iterable<F> asCompleted(
      Collection<? extends F> futures) {
    var copy = List.<F>copyOf(futures);
    return () -> new CompletionIterator<>(copy);
  }

  /// Waits for futures.
  ///
  /// @param <F> the type of the futures
  /// @param futures the futures
  /// @param when what to wait for
  /// @param timeout how long at most; zero or less does not wait
  /// @return which futures were done and which not when the waiting ended, for whatever reason
  /// @throws InterruptedException if this thread is interrupted while it waits
  public static <F extends CompletableFuture<?>> Result<F> await(
      Collection<? extends F> futures, When when, Duration timeout) throws InterruptedException {
    var copy = new LinkedHashSet<F>(futures);
    if (timeout.isPositive() && !enough(copy, when)) {
      awaitEnough(copy, when, nanos(timeout));
    }
    var done = new LinkedHashSet<F>();
    var notDone = new LinkedHashSet<F>();
    for (F future : copy) {
      (future.isDone() ? done : notDone).add(future);
    }
    return new Result<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
  }

  private static boolean enough(Set<? extends CompletableFuture<?>> futures, When when) {
    return switch (when) {
      case ALL -> futures.stream().allMatch(CompletableFuture::isDone);
      case FIRST -> futures.isEmpty() || futures.stream().anyMatch(CompletableFuture::isDone);
      case FIRST_FAILURE ->
          futures.stream().anyMatch(CompletableFuture::isCompletedExceptionally)
              || futures.stream().allMatch(CompletableFuture::isDone);
    };
  }

  private static void awaitEnough(Set<? extends CompletableFuture<?>> copy, When when, long nanos)
      throws InterruptedException {
    var enough = new CountDownLatch(1);
    var missing = new AtomicInteger(copy.size());
    for (CompletableFuture<?> future : copy) {
      var _ =
          future.whenComplete(
              (value, error) -> {
                boolean last = missing.decrementAndGet() == 0;
                if (last || when == When.FIRST || (when == When.FIRST_FAILURE && error != null)) {
                  enough.countDown();
                }
              });
    }
    var _ = enough.await(nanos, TimeUnit.NANOSECONDS);
  }

  /// Waits for futures without limit.
  ///
  /// @param <F> the type of the futures
  /// @param futures the futures
  /// @param when what to wait for
  /// @return which futures were done and which not when the waiting ended
  /// @throws InterruptedException if this thread is interrupted while it waits
  public static <F extends CompletableFuture<?>> Result<F> await(
      Collection<? extends F> futures, When when) throws InterruptedException {
    return await(futures, when, Duration.ofNanos(Long.MAX_VALUE));
  }

  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static final class CompletionIterator<F extends CompletableFuture<?>>
      implements Iterator<F> {
    private final BlockingQueue<F> completed = new LinkedBlockingQueue<>();
    private int left;

    CompletionIterator(Collection<F> futures) {
      left = futures.size();
      for (F future : futures) {
        var _ = future.whenComplete((_, _) -> completed.add(future));
      }
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public F next() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      try {
        F future = completed.take();
        left--;
        return future;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CompletionException(e);
      }
    }
  }
}
