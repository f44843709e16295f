package dev.telar;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view of a pool whose `map` and streams do not stop at the first failure: each item becomes an
/// [Outcome], a value or why there is none, and one bad item costs nothing but itself. Got from
/// [Pool#outcomes()]; options come from there too: `pool.with(options).outcomes()`.
///
/// An item fails with what the function threw for it; with [TaskTimeoutException] if it exceeded
/// its time limit; with [WorkerCrashedException] if its worker died under it; with
/// [TaskNotSerializableException] if the item or its result cannot travel.
///
/// **A worker that dies takes a chunk along.** Of the items of that chunk, those that had not been
/// started are run elsewhere, always. The one that was running is to blame: it is run again if
/// [TaskOptions#retries(int)] and [TaskOptions#retryOn(java.util.Set)] allow it, alone, and fails
/// when they do not any more. Those before it had run, but their results were lost with the worker:
/// with retries they are run again, one by one, which does not count as an attempt of theirs;
/// without, they fail too, because running a task twice is yours to allow. So set `retries(1)` for
/// functions that may run twice, or `chunkSize(1)` for those that must not.
///
/// What stops the whole still throws: a function that cannot travel, a source that fails, a pool
/// that is stopped. Thread-safe as the pool is.
public interface Outcomes {

  /// Like [Pool#map(TaskFunction, Iterable)], with an outcome for each item.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param items the items; iterated over once, by the calling thread
  /// @return the outcomes in the order of the items, an unmodifiable list
  /// @throws CancellationException if the pool was stopped, or this thread was interrupted (its
  ///   interrupt status is set again)
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> map(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [Pool#map(TaskBiFunction, Iterable, Iterable)], with an outcome for each pair.
  ///
  /// @param <A> the type of the first argument
  /// @param <B> the type of the second argument
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param as the first arguments
  /// @param bs the second arguments
  /// @return the outcomes in the order of the arguments
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<Outcome<R>> map(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends A> as,
          Iterable<? extends B> bs);

  /// Like [Pool#starmap(TaskBiFunction, Iterable)], with an outcome for each pair.
  ///
  /// @param <A> the type of the first argument
  /// @param <B> the type of the second argument
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param tuples the arguments of each call
  /// @return the outcomes in the order of the pairs
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<Outcome<R>> starmap(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends Pair<? extends A, ? extends B>> tuples);

  /// Like [Pool#starmap(TaskTriFunction, Iterable)], with an outcome for each triple.
  ///
  /// @param <A> the type of the first argument
  /// @param <B> the type of the second argument
  /// @param <C> the type of the third argument
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param tuples the arguments of each call
  /// @return the outcomes in the order of the triples
  <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<Outcome<R>> starmap(
          TaskTriFunction<? super A, ? super B, ? super C, ? extends R> fn,
          Iterable<? extends Triple<? extends A, ? extends B, ? extends C>> tuples);

  /// Like [Pool#stream(TaskFunction, Iterable)], with an outcome for each item.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param items the items
  /// @return a sequential stream in the order of the items; close it if it is not consumed to its
  ///   end
  <A extends @Nullable Object, R extends @Nullable Object> Stream<Outcome<R>> stream(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [Pool#streamUnordered(TaskFunction, Iterable)], with an outcome for each item. Which item
  /// an outcome belongs to is not told; let the function return that as well, or use
  /// [#stream(TaskFunction, Iterable)].
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param items the items
  /// @return a sequential stream of the outcomes as they come
  <A extends @Nullable Object, R extends @Nullable Object> Stream<Outcome<R>> streamUnordered(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [Pool#mapping(TaskFunction)], with an outcome for each element:
  /// `stream.gather(pool.outcomes().mapping(fn))`.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @return a gatherer for one or several sequential streams
  <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, Outcome<R>> mapping(
      TaskFunction<? super A, ? extends R> fn);
}
