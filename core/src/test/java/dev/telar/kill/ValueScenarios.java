package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedLong;
import java.util.List;

/// Values: there is nothing that a dead process could hold.
final class ValueScenarios {
  static final List<Scenario> ALL =
      List.of(Scenario.of("long", (shared, _) -> new Counting(shared)));

  private static final int TIMES = 100;

  private ValueScenarios() {}

  /// The victim adds; nothing is lost.
  private static final class Counting extends Trial {
    private final SharedLong value;
    private final SharedLong done;

    Counting(Shared shared) {
      value = shared.longValue(0);
      done = shared.longValue(0);
    }

    record Add(SharedLong value, SharedLong done) implements Act {
      @Override
      public void run() {
        for (int i = 1; i <= TIMES; i++) {
          value.incrementAndGet();
          done.set(i);
        }
      }
    }

    @Override
    Act act() {
      return new Add(value, done);
    }

    @Override
    void begin(Survivors survivors) {
      survivors.start(
          "adds",
          () -> {
            for (int i = 0; i < TIMES; i++) {
              value.incrementAndGet();
            }
            return null;
          });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.join();
      assertThat(value.get() - TIMES).isBetween(done.get(), done.get() + 1);
      if (end.completed()) {
        assertThat(done.get()).isEqualTo(TIMES);
      }
    }
  }
}
