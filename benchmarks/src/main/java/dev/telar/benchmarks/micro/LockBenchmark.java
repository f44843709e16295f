package dev.telar.benchmarks.micro;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A lock that nobody else wants.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("LockNotBeforeTry") // nothing in between could throw
public class LockBenchmark {

  private final Shared place = Shared.open();
  private final SharedLock lock = place.lock();
  private final Lock jdk = new ReentrantLock();

  /// Called by JMH.
  public LockBenchmark() {}

  /// Called by JMH.
  @TearDown(Level.Trial)
  public void close() {
    place.close();
  }

  /// Telar's, which other processes may want.
  @Benchmark
  public void shared() {
    lock.lock();
    lock.unlock();
  }

  /// The JDK's.
  @Benchmark
  public void reentrant() {
    jdk.lock();
    jdk.unlock();
  }
}
