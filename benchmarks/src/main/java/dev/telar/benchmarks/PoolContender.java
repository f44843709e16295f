package dev.telar.benchmarks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A pool, executor or parser that is made once and then does the same work round by round.
///
/// @param <P> its type
final class PoolContender<P extends AutoCloseable> implements Contender {

  /// What is done with the pool.
  ///
  /// @param <P> its type
  @FunctionalInterface
  interface Work<P> {
    void run(P pool) throws Exception;
  }

  private final Supplier<? extends P> factory;
  private final int operations;
  private final Work<? super P> once;
  private final Work<? super P> round;
  private @Nullable P pool;

  /// Describes the contender.
  ///
  /// @param factory makes the pool
  /// @param operations how many a round does
  /// @param once one operation, to have a first result: the same on all sides of a row
  /// @param round the work of a round, which also checks its results
  PoolContender(
      Supplier<? extends P> factory, int operations, Work<? super P> once, Work<? super P> round) {
    this.factory = factory;
    this.operations = operations;
    this.once = once;
    this.round = round;
  }

  @Override
  public double first() throws Exception {
    long start = System.nanoTime();
    P made = factory.get();
    pool = made;
    once.run(made);
    return System.nanoTime() - start;
  }

  @Override
  public double round() throws Exception {
    P made = pool;
    if (made == null) {
      throw new IllegalStateException("first() makes the pool");
    }
    long start = System.nanoTime();
    round.run(made);
    return (double) (System.nanoTime() - start) / operations;
  }

  @Override
  public void close() throws Exception {
    P made = pool;
    if (made != null) {
      made.close();
    }
  }
}
