package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import java.util.List;

/// Two workers read a counter, add one and write it back, many times. Without a lock one overwrites
/// what the other has written; with it none is lost. On threads and in processes alike. (A counter
/// alone needs no lock: `incrementAndGet` does it in one step.)
final class CounterUnderALock {
  private static final int TIMES = 20_000;

  static void main() {
    try (var threads = Pool.threads(2)) {
      count("threads", threads);
    }
    try (var processes = Pool.processes(2)) {
      count("processes", processes);
    }
  }

  private static void count(String name, Pool pool) {
    try (var shared = Shared.open()) {
      SharedLock lock = shared.lock();
      SharedLong without = shared.longValue(0);
      SharedLong with = shared.longValue(0);

      pool.map(times -> addWithoutLock(without, times), List.of(TIMES, TIMES));
      pool.map(times -> addWithLock(lock, with, times), List.of(TIMES, TIMES));

      IO.println("Two " + name + ", " + 2 * TIMES + " additions");
      IO.println("  without a lock: " + without.get());
      IO.println("  with a lock:    " + with.get());
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // to show what a busy machine does, now and then
  private static int addWithoutLock(SharedLong counter, int times) {
    for (int i = 0; i < times; i++) {
      long value = counter.get();
      Thread.yield(); // here the other one may add
      counter.set(value + 1);
    }
    return times;
  }

  private static int addWithLock(SharedLock lock, SharedLong counter, int times) {
    for (int i = 0; i < times; i++) {
      lock.lock();
      try {
        counter.set(counter.get() + 1);
      } finally {
        lock.unlock();
      }
    }
    return times;
  }
}
