package dev.telar;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs tasks on threads, on virtual threads or in isolated JVM processes: an [ExecutorService]
/// whose tasks can travel, with `map` and lazy streams on top. Changing the engine is changing one
/// word:
///
/// ```java
/// try (var pool = Pool.processes(4)) {              // or Pool.threads(4), Pool.virtualThreads()
///   List<Integer> squares = pool.map(x -> x * x, List.of(1, 2, 3));
///   TaskFuture<String> future = pool.submit(() -> parse(file));
///   future.get();                                   // ExecutionException with the worker's trace
/// }
/// ```
///
/// Java's threads use all cores already. Processes are for *containment*: a task in a process can
/// be killed, may crash its JVM, and cannot take more memory than its worker has. What an engine
/// can do is told by [#capabilities()].
///
/// **What travels.** On processes the task, its arguments and its result are copied by Java
/// serialization (raw for primitives, strings and primitive arrays; also `Path`, `Optional`,
/// `Map.Entry`, views of JDK collections, `Charset`, `ByteBuffer` and records that are not
/// serializable). A task that cannot travel is refused by the submitting call with
/// [TaskNotSerializableException].
///
/// **Life cycle**, where [ExecutorService] is silent: [#close()] runs everything that was submitted
/// and, interrupted, acts as [#shutdownNow()]. `shutdownNow` cancels the futures of tasks that
/// never started, returns those tasks, and stops running ones. Outstanding work keeps the JVM
/// alive, an idle unclosed pool does not. Closing a view closes the pool.
///
/// **Happens-before.** Actions in a thread before it submits a task happen-before the task is
/// executed, and the task happens-before its result is got.
///
/// All methods may be called from any thread, virtual ones included; no carrier thread is blocked.
public interface Pool extends ExecutorService {

  /// A pool of as many platform threads as this JVM may use processors.
  ///
  /// @return an open pool
  static ThreadPool threads() {
    return ThreadPool.builder().build();
  }

  /// A pool of platform threads.
  ///
  /// @param n the number of threads, 1 or more
  /// @return an open pool
  /// @throws IllegalArgumentException if `n` is not positive
  static ThreadPool threads(int n) {
    return ThreadPool.builder().threads(n).build();
  }

  /// A pool that runs each task on a virtual thread of its own.
  ///
  /// @return an open pool
  static ThreadPool virtualThreads() {
    return ThreadPool.builder().virtual().build();
  }

  /// A pool of as many worker processes as this container may use processors.
  ///
  /// @return an open pool
  static ProcessPool processes() {
    return ProcessPool.builder().build();
  }

  /// A pool of worker processes. They start in the background; the first task runs as soon as the
  /// first worker is up.
  ///
  /// @param n the number of worker processes, 1 or more
  /// @return an open pool
  /// @throws IllegalArgumentException if `n` is not positive
  static ProcessPool processes(int n) {
    return ProcessPool.builder().workers(n).build();
  }

  /// Submits a task. The result of a process is read on a thread that this JVM can lose: if its
  /// `readObject` neither ends nor gets on for 5 s, the future fails with a
  /// [java.util.concurrent.TimeoutException].
  ///
  /// @param <T> the type of the result
  /// @param task the task
  /// @return its future
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the task cannot travel to a worker process
  <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task);

  /// Submits an action.
  ///
  /// @param action the action
  /// @return its future, completed with null
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the action cannot travel to a worker process
  TaskFuture<@Nullable Void> submit(Action action);

  @Override
  <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task);

  @Override
  TaskFuture<?> submit(Runnable task);

  @Override
  <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result);

  /// Runs an action some time in the future. If it fails, the error goes to the uncaught-exception
  /// handler of this JVM, as with a thread pool.
  ///
  /// @param action the action
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the action cannot travel to a worker process
  void execute(Action action);

  /// Applies a function to each item, in parallel, and waits for all results.
  ///
  /// Items travel in chunks sized by measured time. The function is sent to each worker once. If
  /// the function fails for an item, the rest is cancelled; see [#outcomes()] for the opposite.
  /// Results are read by the calling thread: one whose `readObject` never ends keeps it (that of a
  /// single task fails its future instead, see [#submit(Task)]).
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param items the items; iterated over once, by the calling thread
  /// @return the results in the order of the items, an unmodifiable list that may hold nulls
  /// @throws CompletionException around what the function threw, or around
  ///   [WorkerCrashedException], [TaskTimeoutException]
  /// @throws CancellationException if the pool was stopped by [#shutdownNow()], or this thread was
  ///   interrupted (its interrupt status is set again)
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the function or an item cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Applies a function of two arguments to the first of `as` and `bs`, to the second of both, and
  /// so on until the shorter one ends. Else like [#map(TaskFunction, Iterable)].
  ///
  /// @param <A> the type of the first argument
  /// @param <B> the type of the second argument
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param as the first arguments
  /// @param bs the second arguments
  /// @return the results in the order of the arguments
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> map(
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> as,
      Iterable<? extends B> bs);

  /// Applies a function of two arguments to each pair. Else like [#map(TaskFunction, Iterable)].
  ///
  /// @param <A> the type of the first argument
  /// @param <B> the type of the second argument
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param tuples the arguments of each call
  /// @return the results in the order of the pairs
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> starmap(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends Pair<? extends A, ? extends B>> tuples);

  /// Applies a function of three arguments to each triple. Else like [#map(TaskFunction,
  /// Iterable)].
  ///
  /// @param <A> the type of the first argument
  /// @param <B> the type of the second argument
  /// @param <C> the type of the third argument
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param tuples the arguments of each call
  /// @return the results in the order of the triples
  <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          TaskTriFunction<? super A, ? super B, ? super C, ? extends R> fn,
          Iterable<? extends Triple<? extends A, ? extends B, ? extends C>> tuples);

  /// Applies a function lazily; results come in the order of the items.
  ///
  /// Items are pulled from the input by a thread of their own, and only as far as a bounded window
  /// allows, so that an endless input works. Results are delivered while the source blocks, and a
  /// chunk that is not full is sent when a worker is free. An exception of the source or of the
  /// function reaches the consumer after the results before it. Closing the stream cancels what is
  /// left; a stream that is abandoned unclosed is closed once the garbage collector has found it,
  /// and leaves no thread behind.
  ///
  /// When the pool is shut down, no more is pulled: what had been pulled is computed and delivered,
  /// then the consumer gets a [RejectedExecutionException] if the input had not ended.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param items the items; iterated over once, by a thread of the stream's own
  /// @return a sequential stream; close it if it is not consumed to its end
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> Stream<R> stream(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Like [#stream(TaskFunction, Iterable)], with results in the order of completion.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @param items the items
  /// @return a sequential stream; close it if it is not consumed to its end
  /// @throws RejectedExecutionException if the pool has been shut down
  /// @throws TaskNotSerializableException if the function cannot travel
  <A extends @Nullable Object, R extends @Nullable Object> Stream<R> streamUnordered(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

  /// Applies a function inside a Java stream: `stream.gather(pool.mapping(fn))`. Results keep the
  /// order of the stream; the window bounds how far the stream runs ahead. If the stream ends early
  /// (`findFirst`, `limit`), what was sent ahead is cancelled when the garbage collector finds it.
  ///
  /// @param <A> the type of the items
  /// @param <R> the type of the results
  /// @param fn the function
  /// @return a gatherer for one or several sequential streams
  <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
      TaskFunction<? super A, ? extends R> fn);

  /// A view of this pool whose `map` and streams do not stop at the first failure: each item
  /// becomes an [Outcome], a value or why there is none.
  ///
  /// @return the view, which has the options of this one
  Outcomes outcomes();

  /// A view of this pool whose tasks are handed a state that stays in the worker they run in, such
  /// as a parser or a connection: `pool.withState(Parser::new).map((parser, file) -> …, files)`.
  ///
  /// @param <S> the type of the state
  /// @param initializer makes the state, in the worker, when a task first needs it there
  /// @return the view; keep it as long as the states are of use
  /// @throws TaskNotSerializableException if the initializer cannot travel to a worker process
  <S extends @Nullable Object> StatefulPool<S> withState(Task<? extends S> initializer);

  /// A view of this pool that runs its tasks with the given options. The view shares everything
  /// with the pool, life cycle included.
  ///
  /// @param options what to change; unset options stay as they are in this pool
  /// @return the view
  Pool with(TaskOptions options);

  /// What this pool is doing now: counts, and what each worker runs. Takes some microseconds, and
  /// for each worker process some hundred more to ask the system for its memory; never waits for a
  /// worker.
  ///
  /// @return a snapshot of the pool, the same for all its views
  PoolStats stats();

  /// What this pool is doing now, as text for people: the counts, each worker, and the stack of
  /// every task that runs, in worker processes too. A process that does not answer within half a
  /// second, because it is stopped or so busy, is said not to have answered; tasks are not
  /// disturbed. The form of the text may change.
  ///
  /// @return several lines, each ended by a newline
  String dump();

  /// What the engine of this pool can do.
  ///
  /// @return the capabilities, constant for a pool
  Capabilities capabilities();

  /// Shuts down, waits until everything that was submitted has run, and ends all workers.
  /// Interrupted while it waits, it stops everything as [#shutdownNow()] does, waits for the end
  /// and sets the interrupt status again.
  ///
  /// @throws IllegalStateException if a thread pool is closed by one of its own tasks, which would
  ///   wait for itself
  @Override
  void close();
}
