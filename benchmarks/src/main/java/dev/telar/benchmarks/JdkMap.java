package dev.telar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;

/// The same map as [Work#map], in the ways in which the JDK's own pools do it.
final class JdkMap {

  private static final int THREADS = 2;
  private static final int CHUNKS = 8;

  private JdkMap() {}

  /// A parallel stream in a pool of its own.
  static Contender parallelStream(int items) {
    List<Integer> all = Work.ints(items);
    return new PoolContender<>(
        () -> new ForkJoinPool(THREADS),
        items,
        pool -> check(1, pool.submit(() -> mapped(List.of(0))).get()),
        pool -> check(items, pool.submit(() -> mapped(all)).get()));
  }

  private static List<Integer> mapped(List<Integer> all) {
    return all.parallelStream().map(x -> x + 1).toList();
  }

  /// `invokeAll` of chunks cut by hand.
  static Contender chunks(int items) {
    List<Integer> all = Work.ints(items);
    return new PoolContender<>(
        () -> Executors.newFixedThreadPool(THREADS),
        items,
        pool -> check(1, map(pool, List.of(0))),
        pool -> check(items, map(pool, all)));
  }

  private static List<Integer> map(ExecutorService pool, List<Integer> all) throws Exception {
    int size = (all.size() + CHUNKS - 1) / CHUNKS;
    List<Callable<List<Integer>>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      List<Integer> chunk = all.subList(from, Math.min(from + size, all.size()));
      chunks.add(() -> chunk.stream().map(x -> x + 1).toList());
    }
    List<Integer> results = new ArrayList<>(all.size());
    for (Future<List<Integer>> future : pool.invokeAll(chunks)) {
      results.addAll(future.get());
    }
    return results;
  }

  /// A virtual thread for each item.
  static Contender virtualThreads(int items) {
    List<Integer> all = Work.ints(items);
    return new PoolContender<>(
        Executors::newVirtualThreadPerTaskExecutor,
        items,
        pool -> check(1, singly(pool, List.of(0))),
        pool -> check(items, singly(pool, all)));
  }

  private static List<Integer> singly(ExecutorService pool, List<Integer> all) throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>(all.size());
    all.forEach(x -> tasks.add(() -> x + 1));
    List<Integer> results = new ArrayList<>(all.size());
    for (Future<Integer> future : pool.invokeAll(tasks)) {
      results.add(future.get());
    }
    return results;
  }

  private static void check(int items, List<Integer> results) {
    Check.same(items, results.size());
    Check.same(items, results.getLast());
  }
}
