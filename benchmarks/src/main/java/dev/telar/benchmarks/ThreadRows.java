package dev.telar.benchmarks;

import static dev.telar.benchmarks.PeerProcess.python;

import dev.telar.Pool;
import dev.telar.ThreadPool;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/// The rows of threads: what Telar adds to the JDK's own.
final class ThreadRows {

  private static final double NINE_TENTHS = 0.9;
  private static final double AS_A_TIME = 1 / NINE_TENTHS;
  private static final int CALLS = 2_000;
  private static final int MILLION = 1_000_000;

  static final List<Row> ALL =
      List.of(
          new Row(
                  "submit-threads",
                  "submit and get, thread pool of 2",
                  Unit.TIME,
                  n -> ours(n, () -> Pool.threads(2)))
              .pinned()
              .guarded()
              .effort(Effort.of(CALLS))
              .against(
                  AS_A_TIME,
                  "newFixedThreadPool",
                  Tool.JDK,
                  n -> jdk(n, () -> Executors.newFixedThreadPool(2)))
              .against(AS_A_TIME, "ForkJoinPool", Tool.JDK, n -> jdk(n, () -> new ForkJoinPool(2)))
              .beside("ThreadPoolExecutor", Tool.PYTHON, n -> python("submit-threads", n)),
          new Row(
                  "submit-virtual",
                  "submit and get, virtual threads",
                  Unit.TIME,
                  n -> ours(n, Pool::virtualThreads))
              .pinned()
              .effort(Effort.of(CALLS))
              .against(
                  AS_A_TIME,
                  "newVirtualThreadPerTask",
                  Tool.JDK,
                  n -> jdk(n, Executors::newVirtualThreadPerTaskExecutor)),
          new Row(
                  "map-threads",
                  "map of a cheap function over 1 M ints, thread pool of 2",
                  Unit.RATE,
                  n -> Work.map(n, () -> Pool.threads(2)))
              .effort(Effort.of(MILLION))
              .against(NINE_TENTHS, "parallel stream", Tool.JDK, JdkMap::parallelStream)
              .against(NINE_TENTHS, "newFixedThreadPool", Tool.JDK, JdkMap::chunks),
          new Row(
                  "map-virtual",
                  "map of a cheap function over 100 000 ints, virtual threads",
                  Unit.RATE,
                  n -> Work.map(n, Pool::virtualThreads))
              .effort(Effort.of(100_000))
              .against(NINE_TENTHS, "newVirtualThreadPerTask", Tool.JDK, JdkMap::virtualThreads));

  private ThreadRows() {}

  private static Contender ours(int calls, Supplier<ThreadPool> factory) {
    return Work.submit(calls, factory, (pool, task) -> pool.submit(task));
  }

  private static Contender jdk(int calls, Supplier<ExecutorService> factory) {
    return Work.submit(calls, factory, ExecutorService::submit);
  }
}
