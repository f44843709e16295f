package dev.telar.shared.contract;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.Task;
import dev.telar.shared.Shared;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Who shares an object: two sides, each of which runs any number of tasks at once (of a worker:
/// four).
enum Sides {
  THREADS(() -> Pool.threads(8), null),
  VIRTUAL_THREADS(Pool::virtualThreads, null),
  PARENT_AND_WORKER(Pool::virtualThreads, Sides::worker),
  WORKERS(Sides::worker, Sides::worker);

  private final Supplier<Pool> one;
  private final Supplier<Pool> other;

  Sides(Supplier<Pool> one, Supplier<Pool> other) {
    this.one = one;
    this.other = other;
  }

  /// A worker that waits as this JVM does: by a futex where this has native access, else parked.
  private static ProcessPool worker() {
    var builder = ProcessPool.builder().workers(1).threadsPerWorker(4);
    return hasNativeAccess()
        ? builder.build()
        : builder.systemProperty("telar.wait", "park").build();
  }

  static boolean hasNativeAccess() {
    return Shared.class.getModule().isNativeAccessEnabled();
  }

  Opened open() {
    Pool first = one.get();
    return new Opened(first, other == null ? first : other.get());
  }

  /// Two sides that are there.
  record Opened(Pool first, Pool second) implements AutoCloseable {

    /// Runs a task on one side.
    <T> Future<T> one(Task<T> task) {
      return first.submit(task);
    }

    /// Runs a task on the other side.
    <T> Future<T> other(Task<T> task) {
      return second.submit(task);
    }

    @Override
    public void close() {
      first.shutdownNow(); // a test that has failed may have left somebody waiting
      second.shutdownNow();
      first.close();
      second.close();
    }
  }
}
