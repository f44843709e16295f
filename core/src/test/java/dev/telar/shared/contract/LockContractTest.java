package dev.telar.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.Task;
import dev.telar.shared.SharedCondition;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class LockContractTest extends SharedContract {

  @OnAllSides
  void nobodyIsInsideTwice(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedLock lock = shared.lock();
    SharedLong counter = shared.longValue(0);
    Task<Integer> add =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            lock.lock();
            try {
              counter.set(counter.get() + 1);
            } finally {
              lock.unlock();
            }
          }
          return 0;
        };

    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(on.one(add));
      all.add(on.other(add));
    }

    for (Future<Integer> one : all) {
      get(one);
    }
    assertThat(counter.get()).isEqualTo(12_000);
    assertThat(lock.isLocked()).isFalse();
    assertThat(lock.wasAbandoned()).isFalse();
  }

  @OnAllSides
  void whoTriesForATimeGivesUpAndALaterOneGetsIt(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedLock lock = shared.lock();
    SharedLong held = shared.longValue(0);
    SharedLong release = shared.longValue(0);

    var owner =
        on.one(
            () -> {
              lock.lock();
              held.set(1);
              while (release.get() == 0) {
                Thread.sleep(1);
              }
              lock.unlock();
              return 0;
            });
    while (held.get() == 0) {
      Thread.onSpinWait();
    }
    assertThat(get(on.other(() -> lock.tryLock()))).isFalse();
    assertThat(get(on.other(() -> lock.tryLock(30, TimeUnit.MILLISECONDS)))).isFalse();
    var waiter =
        on.other(
            () -> {
              lock.lockInterruptibly();
              lock.unlock();
              return 7;
            });
    assertThat(waiter.isDone()).isFalse();
    release.set(1);

    assertThat(get(waiter)).isEqualTo(7);
    get(owner);
  }

  @OnAllSides
  void conditionsPassAnElementBackAndForth(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedLock lock = shared.lock();
    SharedCondition changed = lock.newCondition();
    SharedLong turn = shared.longValue(0);

    var one = on.one(() -> play(lock, changed, turn, 0));
    var other = on.other(() -> play(lock, changed, turn, 1));

    assertThat(get(one)).isEqualTo(500);
    assertThat(get(other)).isEqualTo(500);
    assertThat(turn.get()).isEqualTo(1000);
  }

  private static int play(SharedLock lock, SharedCondition changed, SharedLong turn, int parity)
      throws InterruptedException {
    int turns = 0;
    while (turns < 500) {
      lock.lock();
      try {
        while (turn.get() % 2 != parity) {
          changed.await();
        }
        turn.incrementAndGet();
        turns++;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }
    return turns;
  }
}
