package dev.telar.benchmarks;

import dev.telar.ProcessPool;
import dev.telar.Worker;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Kills the process that holds a lock, or is inside a queue, while another waits for it: how long
/// until that has what it waits for. The figure is the 99th percentile of all kills.
final class Recovery implements Contender {
  private static final int KILLS_A_ROUND = 3;

  /// One death.
  private interface Kill {
    /// How long another one then waited, in nanoseconds.
    double measure(Shared place) throws Exception;
  }

  private final Kill kill;
  private final List<Double> kills = new ArrayList<>();
  private @Nullable Shared shared;

  private Recovery(Kill kill) {
    this.kill = kill;
  }

  /// Of a lock.
  static Recovery ofLock() {
    return new Recovery(Recovery::killHolder);
  }

  /// Of a queue, whose producer dies in the middle of a put.
  static Recovery ofQueue() {
    return new Recovery(Recovery::killProducer);
  }

  @Override
  public double first() throws Exception {
    Shared place = Shared.open();
    shared = place;
    return kill.measure(place);
  }

  @Override
  public double round() throws Exception {
    Shared place = shared;
    if (place == null) {
      throw new IllegalStateException("first() opens it");
    }
    double worst = 0;
    for (int i = 0; i < KILLS_A_ROUND; i++) {
      double nanos = kill.measure(place);
      kills.add(nanos);
      worst = Math.max(worst, nanos);
    }
    return worst;
  }

  @Override
  public double sum(List<Double> rounds) {
    List<Double> counted =
        kills.subList(kills.size() - rounds.size() * KILLS_A_ROUND, kills.size()).stream()
            .sorted()
            .toList();
    return counted.get((int) Math.ceil(counted.size() * 0.99) - 1);
  }

  private static double killHolder(Shared place) throws Exception {
    SharedLock lock = place.lock();
    SharedLong held = place.longValue(0);
    Worker victim = Worker.process("victim", () -> hold(lock, held)).start();
    double nanos = kill(() -> take(lock), held, () -> victim.pid().getAsLong());
    victim.join();
    return nanos;
  }

  private static double killProducer(Shared place) throws Exception {
    SharedQueue<Integer> queue = place.queue(10, 4096);
    SharedLong held = place.longValue(0);
    SharedLong pid = place.longValue(0);
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .jvmArgs("-Dtelar.faults=" + StandStill.class.getName())
            .build()) {
      var victim =
          pool.submit(
              () -> {
                pid.set(ProcessHandle.current().pid());
                StandStill.at("ring.put.written", () -> held.set(1));
                queue.put(1);
              });
      double nanos = kill(() -> put(queue), held, pid::get);
      if (queue.take() != 2 || !queue.isEmpty()) {
        throw new IllegalStateException("what a dead producer had not put is not there");
      }
      victim.cancel(true);
      return nanos;
    }
  }

  private static double kill(Callable<Long> waits, SharedLong held, LongSupplier pid)
      throws Exception {
    while (held.get() == 0) {
      Thread.sleep(1);
    }
    var waiter = new FutureTask<>(waits);
    Thread.ofPlatform().start(waiter);
    Thread.sleep(30); // until it waits: nothing says that a thread is in a futex
    long start = System.nanoTime();
    ProcessHandle.of(pid.getAsLong()).orElseThrow().destroyForcibly();
    return waiter.get() - start;
  }

  /// When it was put.
  private static long put(SharedQueue<Integer> queue) throws InterruptedException {
    queue.put(2);
    return System.nanoTime();
  }

  private static void hold(SharedLock lock, SharedLong held) throws InterruptedException {
    lock.lock();
    held.set(1);
    Thread.sleep(Long.MAX_VALUE);
  }

  /// When it was taken.
  private static long take(SharedLock lock) {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (!lock.wasAbandoned()) {
        throw new IllegalStateException("its holder was to die");
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.close();
    }
  }
}
