package dev.telar.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.Task;
import dev.telar.shared.SharedBarrier;
import dev.telar.shared.SharedEvent;
import dev.telar.shared.SharedLatch;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Semaphores, events, barriers and latches.
class SyncContractTest extends SharedContract {

  @OnAllSides
  void noMoreThanThePermitsAreInside(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedSemaphore semaphore = shared.boundedSemaphore(3);
    SharedLong inside = shared.longValue(0);
    Task<Long> use =
        () -> {
          long most = 0;
          for (int i = 0; i < 100; i++) {
            int permits = 1 + i % 2;
            semaphore.acquire(permits);
            most = Math.max(most, inside.addAndGet(permits));
            Thread.yield();
            inside.addAndGet(-permits);
            semaphore.release(permits);
          }
          return most;
        };

    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(on.one(use));
      all.add(on.other(use));
    }

    for (Future<Long> one : all) {
      assertThat(get(one)).isBetween(1L, 3L);
    }
    assertThat(semaphore.availablePermits()).isEqualTo(3);
  }

  @OnAllSides
  void aPermitMayBeReleasedByTheOtherSide(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedSemaphore semaphore = shared.semaphore(1);

    get(on.one(() -> semaphore.tryAcquire()));
    assertThat(get(on.other(() -> semaphore.tryAcquire(20, TimeUnit.MILLISECONDS)))).isFalse();
    var waiter = on.one(() -> semaphore.tryAcquire(1, 30, TimeUnit.SECONDS));
    get(
        on.other(
            () -> {
              semaphore.release();
              return 0;
            }));

    assertThat(get(waiter)).isTrue();
    assertThat(semaphore.availablePermits()).isZero();
  }

  @OnAllSides
  void anEventLetsAllGoOn(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedEvent event = shared.event();
    SharedLong waiting = shared.longValue(0);
    Task<Boolean> wait =
        () -> {
          waiting.incrementAndGet();
          event.await();
          return event.isSet();
        };

    List<Future<Boolean>> all = List.of(on.one(wait), on.other(wait), on.one(wait), on.other(wait));
    while (waiting.get() < 4) {
      Thread.onSpinWait();
    }
    assertThat(event.await(5, TimeUnit.MILLISECONDS)).isFalse();
    get(
        on.other(
            () -> {
              event.set();
              return 0;
            }));

    for (Future<Boolean> one : all) {
      assertThat(get(one)).isTrue();
    }
    event.clear();
    assertThat(get(on.one(event::isSet))).isFalse();
  }

  @OnAllSides
  void nobodyPassesABarrierBeforeAllHaveCome(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedBarrier barrier = shared.barrier(4);
    SharedLong come = shared.longValue(0);
    Task<Boolean> meet =
        () -> {
          boolean all = true;
          for (int round = 1; round <= 50; round++) {
            come.incrementAndGet();
            barrier.await();
            all &= come.get() >= 4L * round;
          }
          return all;
        };

    List<Future<Boolean>> parties =
        List.of(on.one(meet), on.other(meet), on.one(meet), on.other(meet));

    for (Future<Boolean> party : parties) {
      assertThat(get(party)).isTrue();
    }
    assertThat(come.get()).isEqualTo(200);
  }

  @OnAllSides
  void whoGivesUpBreaksTheBarrierForTheOthers(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedBarrier barrier = shared.barrier(3);

    var waiter =
        on.one(
            () -> {
              try {
                barrier.await();
                return "passed";
              } catch (BrokenBarrierException e) {
                return "broken";
              }
            });
    while (barrier.getNumberWaiting() == 0) {
      Thread.onSpinWait();
    }
    get(
        on.other(
            () -> {
              try {
                return barrier.await(5, TimeUnit.MILLISECONDS);
              } catch (java.util.concurrent.TimeoutException e) {
                return -1;
              }
            }));

    assertThat(get(waiter)).isEqualTo("broken");
    assertThat(barrier.isBroken()).isTrue();
  }

  @OnAllSides
  void aLatchOpensAtZero(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedLatch latch = shared.latch(100);
    Task<Long> wait =
        () -> {
          latch.await();
          return latch.getCount();
        };
    Task<Integer> count =
        () -> {
          for (int i = 0; i < 50; i++) {
            latch.countDown();
          }
          return 0;
        };

    var one = on.one(wait);
    var other = on.other(wait);
    assertThat(latch.await(5, TimeUnit.MILLISECONDS)).isFalse();
    get(on.one(count));
    get(on.other(count));

    assertThat(get(one)).isZero();
    assertThat(get(other)).isZero();
  }
}
