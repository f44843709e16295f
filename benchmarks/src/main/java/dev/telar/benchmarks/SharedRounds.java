package dev.telar.benchmarks;

import dev.telar.TaskFuture;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;

/// What one round of each row of shared objects does. Static, so that it travels to the workers.
final class SharedRounds {
  private static final int PAIRS = 200_000;
  private static final int ADDITIONS = 1_000_000;
  private static final int SECTIONS = 100_000;

  private SharedRounds() {}

  static SharedContender.Setup lock() {
    return (shared, one, _) -> {
      SharedLock lock = shared.lock();
      return () -> one.submit(() -> lockAndUnlock(lock)).get();
    };
  }

  @SuppressWarnings("LockNotBeforeTry") // nothing in between could throw
  private static double lockAndUnlock(SharedLock lock) {
    long start = System.nanoTime();
    for (int i = 0; i < PAIRS; i++) {
      lock.lock();
      lock.unlock();
    }
    return (double) (System.nanoTime() - start) / PAIRS;
  }

  static SharedContender.Setup value() {
    return (shared, one, _) -> {
      SharedLong value = shared.longValue(0);
      return () -> one.submit(() -> add(value)).get();
    };
  }

  private static double add(SharedLong value) {
    long start = System.nanoTime();
    for (int i = 0; i < ADDITIONS; i++) {
      value.getAndAdd(1);
    }
    return (double) (System.nanoTime() - start) / ADDITIONS;
  }

  /// Both workers enter the section until together they have been in it so often; whoever ends last
  /// says how long it took.
  static SharedContender.Setup contended() {
    return (shared, one, other) -> {
      SharedLock lock = shared.lock();
      SharedLong sections = shared.longValue(0);
      SharedLong ready = shared.longValue(0);
      return () -> {
        sections.set(0);
        ready.set(0);
        TaskFuture<Double> first = one.submit(() -> contend(lock, sections, ready));
        TaskFuture<Double> second = other.submit(() -> contend(lock, sections, ready));
        return Math.max(first.get(), second.get());
      };
    };
  }

  private static double contend(SharedLock lock, SharedLong sections, SharedLong ready) {
    ready.incrementAndGet();
    while (ready.get() < 2) {
      Thread.onSpinWait();
    }
    long start = System.nanoTime();
    boolean more = true;
    while (more) {
      lock.lock();
      try {
        long count = sections.get();
        more = count < SECTIONS;
        if (more) {
          sections.set(count + 1);
        }
      } finally {
        lock.unlock();
      }
    }
    return (double) (System.nanoTime() - start) / SECTIONS;
  }
}
