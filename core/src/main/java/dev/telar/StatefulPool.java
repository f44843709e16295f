package dev.telar;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view of a [Pool] whose tasks are handed a state that stays in the worker: a parser, a model, a
/// connection, anything that is dear to make or cannot travel.
///
/// ```java
/// try (var pool = Pool.processes(4)) {                   // or Pool.threads(4)
///   List<Document> documents =
///       pool.withState(Parser::new).map((parser, file) -> parser.parse(file), files);
/// }
/// ```
///
/// Only the initializer travels, once to each worker. What it makes never leaves the JVM it was
/// made in, so it need be neither serializable nor thread-safe:
///
/// - **One for each thread that runs tasks**: one in each worker process, `threadsPerWorker` in a
///   process that runs several tasks at once, one in each thread of a thread pool. No two tasks use
///   one state at a time. On virtual threads, where each task has a thread of its own, a task
///   borrows a state that is free and makes one if there is none: there are as many as tasks have
///   run at once.
/// - **Made by the first task that needs it** in its worker, in that task's thread. The time limit
///   of the task counts from when the state is there. In a process, an initializer that takes
///   longer than [ProcessPoolBuilder#initializerTimeout(Duration)] is interrupted and, if it does
///   not end within the pool's grace period, killed with its worker.
/// - **If the initializer throws**, that task fails with [StateInitializationException]; the worker
///   lives on, and the next task tries again. Nothing is tried without a task that waits for it. If
///   the initializer ends the JVM, the task that needed the state is to blame, as if it had done so
///   itself ([WorkerCrashedException]).
/// - **Closed**, if it is [AutoCloseable], in its own thread, when its worker ends in good order:
///   the pool is closed, or the worker is replaced or has had nothing to do. A worker process has
///   some 700 ms for all its states together. A worker that is killed or crashes closes nothing. A
///   state that is closed because nobody needs it any more, while its worker goes on, is closed by
///   another thread. What `close` throws is logged.
/// - **Kept** as long as this view, one made of it by [#with(TaskOptions)], or a task of theirs is
///   in use. [#close()] ends it sooner. Make the view once and keep it: each call of
///   [Pool#withState(Task)] makes states of its own.
///
/// A task that changes its state hands the change to the tasks after it in the same thread, and to
/// no others: which task runs where is up to the pool, and a worker that dies or is replaced begins
/// with a fresh state.
///
/// All methods may be called from any thread, virtual ones included.
///
/// @param <S> the type of the state
public interface StatefulPool<S extends @Nullable Object> extends AutoCloseable {

  /// Submits a task.
  ///
  /// @param <T> the type of the result
  /// @param task the task
  /// @return its future
  /// @throws RejectedExecutionException if this view was closed, or the pool has been shut down
  /// @throws TaskNotSerializableException if the task cannot travel to a worker process
  <T extends @Nullable Object> TaskFuture<T> submit(StatefulTask<? super S, ? extends T> task);

  /// Applies a function to each item, in parallel, and waits for all results. Else like
  /// [Pool#map(TaskFunction, Iterable)].
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param items the items; iterated over once, by the calling thread
  /// @return the results in the order of the items, an unmodifiable list that may hold nulls
  /// @throws CompletionException around what the function threw, or around
  ///   [StateInitializationException], [WorkerCrashedException], [TaskTimeoutException]
  /// @throws CancellationException if the pool was stopped, or this thread was interrupted
  /// @throws RejectedExecutionException if this view was closed, or the pool has been shut down
  /// @throws TaskNotSerializableException if the function or an item cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Applies a function lazily; results come in the order of the items. Else like
  /// [Pool#stream(TaskFunction, Iterable)].
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param items the items; iterated over once, by a thread of the stream's own
  /// @return a sequential stream; close it if it is not consumed to its end
  /// @throws RejectedExecutionException if this view was closed, or the pool has been shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> Stream<R> stream(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [#stream(StatefulFunction, Iterable)], with results in the order of completion.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param items the items
  /// @return a sequential stream; close it if it is not consumed to its end
  /// @throws RejectedExecutionException if this view was closed, or the pool has been shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> Stream<R> streamUnordered(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Applies a function inside a Java stream. Else like [Pool#mapping(TaskFunction)].
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @return a gatherer for one or several sequential streams
  <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
      StatefulFunction<? super S, ? super A, ? extends R> fn);

  /// A view with the same states that collects failures: each item of a `map` or stream becomes an
  /// [Outcome] instead of ending the whole with the first failure. Options come from here:
  /// `parsers.with(options).outcomes()`.
  ///
  /// @return the view; it keeps the states as this one does
  StatefulOutcomes<S> outcomes();

  /// A view with the same states that runs its tasks with the given options.
  ///
  /// @param options what to change; unset options stay as they are in this view
  /// @return the view
  StatefulPool<S> with(TaskOptions options);

  /// Ends the states, of all views that share them: no more tasks are taken; each worker closes its
  /// state when the tasks that were submitted before have run. Returns at once. The pool itself
  /// stays open. Closing twice does nothing.
  @Override
  void close();
}
