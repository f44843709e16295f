package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.Task;
import dev.telar.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Work that pools and executors are given, ours and the JDK's.
final class Work {

  private Work() {}

  /// The pool of most rows: as many workers as the cores for which the goals are set.
  static ProcessPool two() {
    return Pool.processes(2);
  }

  /// Submits a small lambda and waits for its result, one after the other: pure latency.
  ///
  /// @param factory makes the executor
  /// @param submit calls the `submit` of the executor's own type, the one that a user's lambda gets
  /// @param <E> the executor's own type
  static <E extends ExecutorService> Contender submit(
      int calls, Supplier<E> factory, BiFunction<E, Task<Integer>, Future<Integer>> submit) {
    return new PoolContender<E>(
        factory,
        calls,
        executor -> Check.same(1, submit.apply(executor, plusOne(0)).get()),
        executor -> {
          for (int i = 0; i < calls; i++) {
            Check.same(i + 1, submit.apply(executor, plusOne(i)).get());
          }
        });
  }

  private static Task<Integer> plusOne(int i) {
    return () -> i + 1;
  }

  /// Submits lambdas of which no two are alike, then takes all results.
  static Contender lambdas(int tasks, Supplier<? extends Pool> factory) {
    return new PoolContender<Pool>(
        factory,
        tasks,
        pool -> Check.same(1, pool.submit(plusOne(0)).get()),
        pool -> {
          List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
          for (int i = 0; i < tasks; i++) {
            futures.add(pool.submit(plusOne(i)));
          }
          for (int i = 0; i < tasks; i++) {
            Check.same(i + 1, futures.get(i).get());
          }
        });
  }

  /// Maps a cheap function over many integers: what an item costs when chunks pay for the
  /// transport.
  static Contender map(int items, Supplier<? extends Pool> factory) {
    List<Integer> all = ints(items);
    return new PoolContender<Pool>(
        factory,
        items,
        pool -> Check.same(1, pool.map(x -> x + 1, List.of(0)).getFirst()),
        pool -> {
          List<Integer> results = pool.map(x -> x + 1, all);
          Check.same(items, results.size());
          Check.same(items, results.getLast());
        });
  }

  /// As [#map(int, Supplier)], results as they come.
  static Contender streamUnordered(int items, Supplier<? extends Pool> factory) {
    List<Integer> all = ints(items);
    long sum = (long) items * (items + 1) / 2;
    return new PoolContender<Pool>(
        factory,
        items,
        pool -> Check.same(1, sumOfUnordered(pool, List.of(0))),
        pool -> Check.same(sum, sumOfUnordered(pool, all)));
  }

  private static long sumOfUnordered(Pool pool, List<Integer> items) {
    try (Stream<Integer> results = pool.streamUnordered(x -> x + 1, items)) {
      return results.mapToLong(Integer::longValue).sum();
    }
  }

  /// Hands a value to a task that returns it.
  ///
  /// @param calls how often a round does so
  /// @param value travels there and back
  /// @param content of size and last element, to see that all of it came back
  /// @param <T> its type
  static <T> Contender echo(
      int calls, Supplier<? extends Pool> factory, T value, ToLongFunction<T> content) {
    long expected = content.applyAsLong(value);
    PoolContender.Work<Pool> once =
        pool -> Check.same(expected, content.applyAsLong(pool.submit(() -> value).get()));
    return new PoolContender<Pool>(
        factory,
        calls,
        once,
        pool -> {
          for (int i = 0; i < calls; i++) {
            once.run(pool);
          }
        });
  }

  static List<Integer> ints(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
