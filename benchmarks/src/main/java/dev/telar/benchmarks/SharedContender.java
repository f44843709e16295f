package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.shared.Shared;
import org.jspecify.annotations.Nullable;

/// Objects that two worker processes share, each of which runs in a pool of its own. Times are
/// taken inside the workers, so that sending the task is not measured.
final class SharedContender implements Contender {

  /// Makes the objects.
  @FunctionalInterface
  interface Setup {
    Work make(Shared shared, Pool one, Pool other) throws Exception;
  }

  /// One round.
  @FunctionalInterface
  interface Work {
    double nanos() throws Exception;
  }

  private final boolean parked;
  private final Setup setup;
  private @Nullable Shared shared;
  private @Nullable Pool one;
  private @Nullable Pool other;
  private @Nullable Work work;

  private SharedContender(boolean parked, Setup setup) {
    this.parked = parked;
    this.setup = setup;
  }

  /// Waiting by a futex.
  static SharedContender natively(Setup setup) {
    return new SharedContender(false, setup);
  }

  /// Waiting as in a JVM without native access.
  static SharedContender parked(Setup setup) {
    return new SharedContender(true, setup);
  }

  private Pool worker() {
    var builder = ProcessPool.builder().workers(1);
    return parked ? builder.systemProperty("telar.wait", "park").build() : builder.build();
  }

  @Override
  public double first() throws Exception {
    Shared place = Shared.open();
    shared = place;
    Pool first = worker();
    one = first;
    Pool second = worker();
    other = second;
    Work made = setup.make(place, first, second);
    work = made;
    made.nanos();
    return Double.NaN; // a round is very many operations, and not as many in Python
  }

  @Override
  public double round() throws Exception {
    Work made = work;
    if (made == null) {
      throw new IllegalStateException("first() makes the objects");
    }
    return made.nanos();
  }

  @Override
  public void close() {
    if (one != null) {
      one.close();
    }
    if (other != null) {
      other.close();
    }
    if (shared != null) {
      shared.close();
    }
  }
}
