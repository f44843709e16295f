package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedBarrier;
import dev.telar.shared.SharedLong;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Barriers: a party that dies breaks it, and all who wait agree on which round that was.
final class BarrierScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("barrier", (shared, random) -> new Meeting(shared, random.nextBoolean())),
          Scenario.of("barrier-breaker", (shared, _) -> new Breaking(shared)));

  private static final int ROUNDS = 4;
  private static final int PARTIES = 3;

  private BarrierScenarios() {}

  private static final class Meeting extends Trial {
    private final SharedBarrier barrier;
    private final SharedLong done;
    private final boolean timed;
    private final List<FutureTask<Integer>> others = new ArrayList<>();

    Meeting(Shared shared, boolean timed) {
      this.barrier = shared.barrier(PARTIES);
      this.done = shared.longValue(0);
      this.timed = timed;
    }

    record Meet(SharedBarrier barrier, SharedLong done) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 1; i <= ROUNDS; i++) {
          barrier.await();
          done.set(i);
        }
      }
    }

    @Override
    Act act() {
      return new Meet(barrier, done);
    }

    @Override
    void begin(Survivors survivors) {
      for (int i = 1; i < PARTIES; i++) {
        others.add(survivors.start("meets", () -> meet(ROUNDS)));
      }
    }

    /// How many rounds came to their end.
    private int meet(int rounds) throws Exception {
      for (int passed = 0; passed < rounds; passed++) {
        try {
          if (timed) {
            barrier.await(60, TimeUnit.SECONDS);
          } else {
            barrier.await();
          }
        } catch (BrokenBarrierException e) {
          return passed;
        }
      }
      return rounds;
    }

    @Override
    void whileItStands(End end) {
      assertThat(barrier.isBroken()).as("a stopped party is none that has left").isFalse();
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      if (done.get() == 0 && end.times("barrier.entered") == 0) {
        barrier.reset(); // it died before it ever came: nobody can know that there was such a party
      }
      int first = survivors.result(others.get(0));
      int second = survivors.result(others.get(1));
      assertThat(first).as("rounds that both have passed").isEqualTo(second);
      assertThat((long) first).isBetween(done.get(), done.get() + 1);
      if (end.completed()) {
        assertThat(first).isEqualTo(ROUNDS);
      }
      survivors.inTime(
          "begins anew",
          () -> {
            barrier.reset();
            return null;
          });
      var again = new ArrayList<FutureTask<Integer>>();
      for (int i = 0; i < PARTIES; i++) {
        again.add(survivors.start("meets again", () -> meet(2)));
      }
      for (FutureTask<Integer> party : again) {
        assertThat(survivors.result(party)).isEqualTo(2);
      }
    }
  }

  /// The victim gives up waiting, which breaks the barrier for another, and makes it whole again.
  private static final class Breaking extends Trial {
    private final SharedBarrier barrier;

    Breaking(Shared shared) {
      this.barrier = shared.barrier(PARTIES);
    }

    record Break(SharedBarrier barrier) implements Act {
      @Override
      public void run() throws Exception {
        try {
          barrier.await(5, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | BrokenBarrierException end) {
          barrier.reset();
        }
      }
    }

    @Override
    Act act() {
      return new Break(barrier);
    }

    @Override
    void begin(Survivors survivors) {
      survivors.start(
          "waits until it breaks",
          () -> {
            survivors.awaitVictim();
            try {
              barrier.await();
              return false;
            } catch (BrokenBarrierException end) {
              return true;
            }
          });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      await()
          .atMost(Survivors.LIMIT)
          .until(
              () -> {
                barrier.reset(); // the other may have come after the victim had made it whole
                return survivors.areDone();
              });
      var again = new ArrayList<FutureTask<Integer>>();
      for (int i = 0; i < PARTIES; i++) {
        again.add(survivors.start("meets", () -> barrier.await()));
      }
      for (FutureTask<Integer> party : again) {
        survivors.result(party);
      }
    }
  }
}
