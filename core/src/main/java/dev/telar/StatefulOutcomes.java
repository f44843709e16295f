package dev.telar;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view of a pool whose functions are handed a state that stays in the worker, as those of
/// [StatefulPool] are, and whose `map` and streams do not stop at the first failure, as those of
/// [Outcomes] do: each item becomes an [Outcome]. Got from [StatefulPool#outcomes()].
///
/// ```java
/// try (var parsers = pool.withState(Parser::new)) {
///   List<Outcome<Document>> documents =
///       parsers.outcomes().map((parser, file) -> parser.parse(file), files);
/// }
/// ```
///
/// What [Outcomes] says of workers that die under a chunk holds here. An item whose worker cannot
/// make its state fails with [StateInitializationException]; the items behind it try again.
/// Thread-safe as the pool is.
///
/// @param <S> the type of the state
public interface StatefulOutcomes<S extends @Nullable Object> {

  /// Like [StatefulPool#map(StatefulFunction, Iterable)], with an outcome for each item.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param items the items; iterated over once, by the calling thread
  /// @return the outcomes in the order of the items, an unmodifiable list
  /// @throws CancellationException if the pool was stopped, or this thread was interrupted (its
  ///   interrupt status is set again)
  /// @throws RejectedExecutionException if the view with the state was closed, or the pool has been
  ///   shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> map(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [StatefulPool#stream(StatefulFunction, Iterable)], with an outcome for each item.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param items the items; iterated over once, by a thread of the stream's own
  /// @return a sequential stream in the order of the items; close it if it is not consumed to its
  ///   end
  /// @throws RejectedExecutionException if the view with the state was closed, or the pool has been
  ///   shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> Stream<Outcome<R>> stream(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [#stream(StatefulFunction, Iterable)], with the outcomes in the order of completion.
  /// Which item one belongs to is not told; let the function return that as well.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @param items the items; iterated over once, by a thread of the stream's own
  /// @return a sequential stream of the outcomes as they come; close it if it is not consumed to
  ///   its end
  /// @throws RejectedExecutionException if the view with the state was closed, or the pool has been
  ///   shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> Stream<Outcome<R>> streamUnordered(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [StatefulPool#mapping(StatefulFunction)], with an outcome for each element.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the values
  /// @param fn the function
  /// @return a gatherer for one or several sequential streams
  <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, Outcome<R>> mapping(
      StatefulFunction<? super S, ? super A, ? extends R> fn);
}
