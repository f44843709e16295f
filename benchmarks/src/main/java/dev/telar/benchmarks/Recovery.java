package dev.telar.benchmarks;

import dev.telar.Worker;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Kills the process that holds a lock while another waits for it: how long until that has it. The
/// figure is the 99th percentile of all kills.
final class Recovery implements Contender {
  private static final int KILLS_A_ROUND = 3;

  private final List<Double> kills = new ArrayList<>();
  private @Nullable Shared shared;

  @Override
  public double first() throws Exception {
    Shared place = Shared.open();
    shared = place;
    return kill(place);
  }

  @Override
  public double round() throws Exception {
    Shared place = shared;
    if (place == null) {
      throw new IllegalStateException("first() opens it");
    }
    double worst = 0;
    for (int i = 0; i < KILLS_A_ROUND; i++) {
      double nanos = kill(place);
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

  private static double kill(Shared place) throws Exception {
    SharedLock lock = place.lock();
    SharedLong held = place.longValue(0);
    Worker victim = Worker.process("victim", () -> hold(lock, held)).start();
    while (held.get() == 0) {
      Thread.sleep(1);
    }
    var waiter = new FutureTask<>(() -> take(lock));
    Thread.ofPlatform().start(waiter);
    Thread.sleep(30); // until it waits: nothing says that a thread is in a futex
    long start = System.nanoTime();
    ProcessHandle.of(victim.pid().getAsLong()).orElseThrow().destroyForcibly();
    double nanos = waiter.get() - start;
    victim.join();
    return nanos;
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
