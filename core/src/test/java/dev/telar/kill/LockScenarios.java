package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Locks: mutual exclusion, no owner for ever, and the next one is told.
final class LockScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("lock", (shared, random) -> new Contending(shared, 0, random.nextInt(3))),
          Scenario.of(
              "lock-wait", (shared, random) -> new Contending(shared, 25, random.nextInt(3))),
          Scenario.of("lock-inherit", (shared, _) -> new Inheriting(shared)));

  private static final int TIMES = 5;

  private LockScenarios() {}

  /// Two numbers that are equal while nobody is inside.
  record Twins(SharedLock lock, SharedLong one, SharedLong other, SharedLong abandoned)
      implements java.io.Serializable {

    static Twins in(Shared shared) {
      return new Twins(
          shared.lock(), shared.longValue(0), shared.longValue(0), shared.longValue(0));
    }

    /// Adds one to both, and holds the lock for so long.
    void add(int way, int millis) throws InterruptedException {
      switch (way) {
        case 0 -> lock.lock();
        case 1 -> lock.lockInterruptibly();
        default -> assertThat(lock.tryLock(30, TimeUnit.SECONDS)).isTrue();
      }
      try {
        assertThat(lock.tryLock()).as("its owner has it again").isTrue();
        if (lock.wasAbandoned()) {
          abandoned.incrementAndGet();
          other.set(one.get());
          lock.repaired();
        }
        assertThat(other.get()).as("who else is inside?").isEqualTo(one.get());
        one.set(one.get() + 1);
        if (millis > 0) {
          Thread.sleep(millis);
        }
        other.set(other.get() + 1);
        lock.unlock();
      } finally {
        lock.unlock();
      }
    }
  }

  /// The victim and two others take turns.
  private static final class Contending extends Trial {
    private final Twins twins;
    private final SharedLong done;
    private final int millis;
    private final int way;

    Contending(Shared shared, int millis, int way) {
      this.twins = Twins.in(shared);
      this.done = shared.longValue(0);
      this.millis = millis;
      this.way = way;
    }

    record Add(Twins twins, SharedLong done, int way) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 1; i <= TIMES; i++) {
          twins.add(way, 0);
          done.set(i);
        }
      }
    }

    @Override
    Act act() {
      return new Add(twins, done, way);
    }

    @Override
    void begin(Survivors survivors) throws Exception {
      if (millis > 0) {
        holdFirst(survivors);
      }
      for (int i = 0; i < 2; i++) {
        survivors.start(
            "adds under the lock",
            () -> {
              survivors.awaitVictim();
              for (int n = 0; n < TIMES; n++) {
                twins.add((way + n) % 3, millis);
              }
              return null;
            });
      }
    }

    /// Keeps the victim waiting until it has lost patience.
    private void holdFirst(Survivors survivors) throws Exception {
      var held = new CountDownLatch(1);
      survivors.start(
          "holds the lock",
          () -> {
            twins.lock().lock();
            held.countDown();
            survivors.awaitVictim();
            Thread.sleep(4 * millis);
            twins.lock().unlock();
            return null;
          });
      held.await();
    }

    private boolean held(End end) {
      return end.times("lock.acquired") + end.times("lock.inherited") > end.times("lock.released");
    }

    @Override
    void whileItStands(End end) throws Exception {
      if (held(end)) {
        assertThat(twins.lock().tryLock(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(twins.abandoned().get()).isZero();
      }
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.join();
      survivors.inTime(
          "adds once more",
          () -> {
            twins.add(0, 0);
            return null;
          });
      assertThat(twins.one().get() - 2 * TIMES - 1).isBetween(done.get(), done.get() + 1);
      if (end.label() == null || !end.label().equals("stuck")) {
        assertThat(twins.abandoned().get()).as("was abandoned").isEqualTo(held(end) ? 1 : 0);
      }
      assertThat(twins.lock().isLocked()).isFalse();
    }
  }

  /// The victim takes over a lock whose owner has died before.
  private static final class Inheriting extends Trial {
    private final SharedLock lock;
    private final SharedLong repaired;

    Inheriting(Shared shared) {
      this.lock = shared.lock();
      this.repaired = shared.longValue(0);
    }

    record Keep(SharedLock lock) implements Act {
      @Override
      public void run() {
        lock.lock();
      }
    }

    record Inherit(SharedLock lock, SharedLong repaired) implements Act {
      @Override
      public void run() {
        lock.lock();
        assertThat(lock.wasAbandoned()).isTrue();
        repaired.set(1);
        lock.repaired();
        repaired.set(2);
        lock.unlock();
      }
    }

    @Override
    Act before() {
      return new Keep(lock);
    }

    @Override
    Act act() {
      return new Inherit(lock, repaired);
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      boolean abandoned =
          survivors.inTime(
              "takes over",
              () -> {
                lock.lock();
                boolean was = lock.wasAbandoned();
                lock.unlock();
                return was;
              });
      if (repaired.get() == 0) {
        assertThat(abandoned).as("nobody has repaired it").isTrue();
      }
      if (end.times("lock.released") > 0) {
        assertThat(abandoned).as("it was repaired and given back").isFalse();
      }
    }
  }
}
