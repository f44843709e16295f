package dev.telar.benchmarks;

import dev.telar.Task;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Submits a small lambda and waits for its result, one after the other: pure latency.
///
/// @param <E> the executor under measurement
final class SubmitContender<E extends ExecutorService> implements Contender {

  static final int CALLS_PER_ROUND = 200;

  private final Supplier<E> factory;
  private final BiFunction<E, Task<Integer>, Future<Integer>> submit;
  private @Nullable E executor;

  /// Describes the contender.
  ///
  /// @param factory makes the executor
  /// @param submit calls the `submit` of the executor's own type, the one that a user's lambda gets
  SubmitContender(Supplier<E> factory, BiFunction<E, Task<Integer>, Future<Integer>> submit) {
    this.factory = factory;
    this.submit = submit;
  }

  @Override
  public double first() throws Exception {
    task(0).call(); // the first lambda of a JVM costs some 20 ms, which are not the executor's
    long start = System.nanoTime();
    E made = factory.get();
    executor = made;
    call(made, 0);
    return System.nanoTime() - start;
  }

  @Override
  public double round() throws Exception {
    E made = executor;
    if (made == null) {
      throw new IllegalStateException("first() makes the executor");
    }
    long start = System.nanoTime();
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      call(made, i);
    }
    return (double) (System.nanoTime() - start) / CALLS_PER_ROUND;
  }

  private void call(E made, int i) throws Exception {
    int result = submit.apply(made, task(i)).get();
    if (result != i + 1) {
      throw new IllegalStateException("wrong result: " + result);
    }
  }

  private static Task<Integer> task(int i) {
    return () -> i + 1;
  }

  @Override
  public void close() {
    E made = executor;
    if (made != null) {
      made.close();
    }
  }
}
