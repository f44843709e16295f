package dev.telar.benchmarks.micro;

import dev.telar.Pool;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A small lambda submitted and its result awaited, in steady state: what a task costs this JVM.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class TaskBenchmark {

  private int next;

  /// Called by JMH.
  public TaskBenchmark() {}

  /// Telar's workers.
  @State(Scope.Benchmark)
  public static class Processes {
    private final Pool pool = Pool.processes(2);

    /// Called by JMH.
    public Processes() {}

    /// Called by JMH.
    @TearDown(Level.Trial)
    public void close() {
      pool.close();
    }
  }

  /// Telar's threads.
  @State(Scope.Benchmark)
  public static class Threads {
    private final Pool pool = Pool.threads(2);

    /// Called by JMH.
    public Threads() {}

    /// Called by JMH.
    @TearDown(Level.Trial)
    public void close() {
      pool.close();
    }
  }

  /// The JDK's threads.
  @State(Scope.Benchmark)
  public static class Fixed {
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    /// Called by JMH.
    public Fixed() {}

    /// Called by JMH.
    @TearDown(Level.Trial)
    public void close() {
      pool.close();
    }
  }

  /// On a pool of processes.
  ///
  /// @param its the pool
  /// @return the result
  /// @throws ExecutionException never
  /// @throws InterruptedException never
  @Benchmark
  public int processes(Processes its) throws ExecutionException, InterruptedException {
    int i = next++;
    return its.pool.submit(() -> i + 1).get();
  }

  /// On a pool of threads.
  ///
  /// @param its the pool
  /// @return the result
  /// @throws ExecutionException never
  /// @throws InterruptedException never
  @Benchmark
  public int threads(Threads its) throws ExecutionException, InterruptedException {
    int i = next++;
    return its.pool.submit(() -> i + 1).get();
  }

  /// On the JDK's pool of threads.
  ///
  /// @param its the pool
  /// @return the result
  /// @throws ExecutionException never
  /// @throws InterruptedException never
  @Benchmark
  public int fixed(Fixed its) throws ExecutionException, InterruptedException {
    int i = next++;
    return its.pool.submit(() -> i + 1).get();
  }
}
