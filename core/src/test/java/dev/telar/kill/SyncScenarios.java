package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedEvent;
import dev.telar.shared.SharedLatch;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedSemaphore;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Semaphores, events and latches.
final class SyncScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("semaphore", (shared, random) -> new Permits(shared, random.nextInt(3))),
          Scenario.of("semaphore-inherit", (shared, _) -> new Inheriting(shared)),
          Scenario.of("event", (shared, _) -> new Happening(shared)),
          Scenario.of("latch", (shared, _) -> new CountingDown(shared)));

  private static final int TIMES = 4;

  private SyncScenarios() {}

  /// The victim and others take some permits and give them back: those of the dead come back.
  private static final class Permits extends Trial {
    private static final int ALL = 3;

    private final SharedSemaphore semaphore;
    private final SharedLong inside;
    private final int way;

    Permits(Shared shared, int way) {
      this.semaphore = way == 0 ? shared.semaphore(ALL) : shared.boundedSemaphore(ALL);
      this.inside = shared.longValue(0);
      this.way = way;
    }

    record Use(SharedSemaphore semaphore, SharedLong inside, int way) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 0; i < TIMES; i++) {
          use(semaphore, inside, 1 + (i + way) % ALL, i % 3, false);
        }
      }
    }

    private static void use(
        SharedSemaphore semaphore, SharedLong inside, int permits, int way, boolean counted)
        throws InterruptedException {
      switch (way) {
        case 0 -> semaphore.acquire(permits);
        case 1 -> semaphore.acquireUninterruptibly(permits);
        default -> assertThat(semaphore.tryAcquire(permits, 30, TimeUnit.SECONDS)).isTrue();
      }
      if (counted) {
        assertThat(inside.addAndGet(permits)).as("permits in use").isLessThanOrEqualTo(ALL);
        inside.addAndGet(-permits);
      }
      semaphore.release(permits);
    }

    @Override
    Act act() {
      return new Use(semaphore, inside, way);
    }

    @Override
    void begin(Survivors survivors) {
      for (int i = 0; i < 2; i++) {
        int mine = i;
        survivors.start(
            "uses permits",
            () -> {
              survivors.awaitVictim();
              for (int n = 0; n < 2 * TIMES; n++) {
                use(semaphore, inside, 1 + (n + mine) % ALL, n % 3, true);
              }
              return null;
            });
      }
    }

    @Override
    void whileItStands(End end) {
      int had = end.times("semaphore.entered") - end.times("semaphore.released");
      if (had > 0) {
        assertThat(semaphore.tryAcquire(ALL)).as("all permits, one of them the victim's").isFalse();
      }
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.join();
      survivors.inTime(
          "takes all permits",
          () -> {
            semaphore.acquire(ALL);
            assertThat(semaphore.tryAcquire()).isFalse();
            semaphore.release(ALL);
            return null;
          });
      assertThat(semaphore.availablePermits()).isEqualTo(ALL);
    }
  }

  /// The victim needs permits that one had who has died before.
  private static final class Inheriting extends Trial {
    private final SharedSemaphore semaphore;

    Inheriting(Shared shared) {
      this.semaphore = shared.boundedSemaphore(2);
    }

    record Keep(SharedSemaphore semaphore) implements Act {
      @Override
      public void run() throws Exception {
        semaphore.acquire();
      }
    }

    record Take(SharedSemaphore semaphore) implements Act {
      @Override
      public void run() throws Exception {
        semaphore.acquire(2);
        semaphore.release(2);
      }
    }

    @Override
    Act before() {
      return new Keep(semaphore);
    }

    @Override
    Act act() {
      return new Take(semaphore);
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.inTime(
          "takes all permits",
          () -> {
            semaphore.acquire(2);
            semaphore.release(2);
            return null;
          });
      assertThat(semaphore.availablePermits()).isEqualTo(2);
    }
  }

  /// The victim sets events and waits for others.
  private static final class Happening extends Trial {
    private final SharedEvent ping;
    private final SharedEvent pong;
    private final SharedLong stop;

    Happening(Shared shared) {
      this.ping = shared.event();
      this.pong = shared.event();
      this.stop = shared.longValue(0);
    }

    record Play(SharedEvent ping, SharedEvent pong) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 1; i <= TIMES; i++) {
          pong.clear();
          ping.set();
          pong.await();
        }
      }
    }

    @Override
    Act act() {
      return new Play(ping, pong);
    }

    @Override
    void begin(Survivors survivors) {
      survivors.start(
          "answers",
          () -> {
            while (stop.get() == 0) {
              ping.await();
              ping.clear();
              pong.set();
            }
            return null;
          });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      for (int i = 0; i < 2; i++) { // in the victim's place
        survivors.inTime(
            "asks",
            () -> {
              pong.clear();
              ping.set();
              assertThat(pong.await(10, TimeUnit.SECONDS)).isTrue();
              return null;
            });
      }
      stop.set(1);
      ping.set();
      survivors.join();
    }
  }

  /// The victim counts down, and waits for the end; others, too.
  private static final class CountingDown extends Trial {
    private final SharedLatch latch;
    private final SharedLong done;

    CountingDown(Shared shared) {
      this.latch = shared.latch(2 * TIMES);
      this.done = shared.longValue(0);
    }

    record Count(SharedLatch latch, SharedLong done) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 1; i <= TIMES; i++) {
          latch.countDown();
          done.set(i);
        }
        latch.await();
      }
    }

    @Override
    Act act() {
      return new Count(latch, done);
    }

    @Override
    void begin(Survivors survivors) {
      for (int i = 0; i < 2; i++) {
        survivors.start("waits for the end", () -> latch.await(60, TimeUnit.SECONDS));
      }
      survivors.start(
          "counts, too",
          () -> {
            survivors.awaitVictim();
            for (int i = 0; i < TIMES; i++) {
              latch.countDown();
              Thread.sleep(1);
            }
            return null;
          });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      if (!end.completed()) {
        survivors.inTime(
            "counts for the victim",
            () -> {
              for (long i = done.get(); i < TIMES; i++) {
                latch.countDown();
              }
              return null;
            });
      }
      survivors.join();
      assertThat(latch.getCount()).isZero();
    }
  }
}
