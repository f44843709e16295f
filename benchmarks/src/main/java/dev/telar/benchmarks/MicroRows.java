package dev.telar.benchmarks;

import dev.telar.benchmarks.micro.CodecBenchmark;
import dev.telar.benchmarks.micro.LockBenchmark;
import dev.telar.benchmarks.micro.TaskBenchmark;
import java.util.List;

/// The rows that JMH measures: the small things, and what a task allocates in this JVM.
final class MicroRows {

  /// So many iterations to warm up and to measure; all of them are one round.
  private static final Effort ONCE = Effort.of(10).quick(2).rounds(0, 1);

  static final List<Row> ALL =
      List.of(
          codec("lambda", "a lambda with two ints and a String, encoded and decoded"),
          codec("record", "a small record, encoded and decoded"),
          codec("list", "a List<Integer> of 1 000, encoded and decoded"),
          new Row(
                  "jmh-lock",
                  "SharedLock: lock and unlock, uncontended",
                  Unit.TIME,
                  n -> Jmh.time(n, LockBenchmark.class, "shared"))
              .effort(ONCE)
              .withNativeAccess()
              .beside(
                  "ReentrantLock", Tool.JDK, n -> Jmh.time(n, LockBenchmark.class, "reentrant")),
          new Row(
                  "alloc-submit",
                  "allocated in this JVM by a task on a process pool, in steady state",
                  Unit.BYTES,
                  n -> Jmh.allocation(n, TaskBenchmark.class, "processes"))
              .effort(ONCE.quick(5)) // the guard's, too: with fewer, the warm-up allocates
              .guarded(),
          new Row(
                  "alloc-submit-threads",
                  "allocated by a task on a thread pool, in steady state",
                  Unit.BYTES,
                  n -> Jmh.allocation(n, TaskBenchmark.class, "threads"))
              .effort(ONCE)
              .beside(
                  "newFixedThreadPool",
                  Tool.JDK,
                  n -> Jmh.allocation(n, TaskBenchmark.class, "fixed")));

  private MicroRows() {}

  private static Row codec(String value, String what) {
    return new Row(
            "jmh-codec-" + value,
            what,
            Unit.TIME,
            n -> Jmh.time(n, CodecBenchmark.class, "telar", value))
        .effort(ONCE)
        .beside(
            "ObjectOutputStream",
            Tool.JDK,
            n -> Jmh.time(n, CodecBenchmark.class, "serialization", value));
  }
}
