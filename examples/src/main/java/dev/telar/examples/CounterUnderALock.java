package dev.telar.examples;

import dev.telar.Action;
import dev.telar.Pool;
import dev.telar.TaskFuture;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedBarrier;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import java.util.List;

/// Two workers read a counter, add one and write it back, many times. Without a lock one overwrites
/// what the other has written; with it none is lost. On threads and in processes alike. (A counter
/// alone needs no lock: `incrementAndGet` does it in one step.)
final class CounterUnderALock {
  private static final int TIMES = 50_000; // long enough that both are at it at once

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
      SharedBarrier start = shared.barrier(2); // so that both begin at once

      twice(pool, () -> addWithoutLock(start, without));
      twice(pool, () -> addWithLock(start, lock, with));

      IO.println("Two " + name + ", " + 2 * TIMES + " additions");
      IO.println("  without a lock: " + without.get());
      IO.println("  with a lock:    " + with.get());
    }
  }

  private static void twice(Pool pool, Action action) {
    List<TaskFuture<?>> both = List.of(pool.submit(action), pool.submit(action));
    both.forEach(TaskFuture::join);
  }

  @SuppressWarnings("ThreadPriorityCheck") // to show what a busy machine does, now and then
  private static void addWithoutLock(SharedBarrier start, SharedLong counter) throws Exception {
    start.await();
    for (int i = 0; i < TIMES; i++) {
      long value = counter.get();
      Thread.yield(); // here the other one may add
      counter.set(value + 1);
    }
  }

  private static void addWithLock(SharedBarrier start, SharedLock lock, SharedLong counter)
      throws Exception {
    start.await();
    for (int i = 0; i < TIMES; i++) {
      lock.lock();
      try {
        counter.set(counter.get() + 1);
      } finally {
        lock.unlock();
      }
    }
  }
}
