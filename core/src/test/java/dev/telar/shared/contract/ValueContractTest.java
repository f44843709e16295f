package dev.telar.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.Task;
import dev.telar.shared.SharedLong;

class ValueContractTest extends SharedContract {
  private static final int TIMES = 20_000;

  /// Each may cost a turn of whatever else runs on this machine.
  private static final int HANDOVERS = 1_000;

  @OnAllSides
  void noAdditionIsLost(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedLong value = shared.longValue(0);
    Task<Long> add =
        () -> {
          for (int i = 0; i < TIMES; i++) {
            value.getAndIncrement();
          }
          return value.get();
        };

    var one = on.one(add);
    var other = on.other(add);

    assertThat(Math.max(get(one), get(other))).isEqualTo(2 * TIMES);
  }

  @OnAllSides
  void whatWasWrittenBeforeAVolatileWriteIsSeenAfterItWasRead(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedLong data = shared.longValue(0);
    SharedLong turn = shared.longValue(0);

    var writer =
        on.one(
            () -> {
              for (int i = 1; i <= HANDOVERS; i++) {
                while (turn.get() != 2 * i - 2) {
                  Thread.yield();
                }
                data.set(i);
                turn.set(2 * i - 1);
              }
              return 0;
            });
    var reader =
        on.other(
            () -> {
              for (int i = 1; i <= HANDOVERS; i++) {
                while (turn.get() != 2 * i - 1) {
                  Thread.yield();
                }
                if (data.get() != i) {
                  return data.get();
                }
                turn.set(2 * i);
              }
              return 0L;
            });

    assertThat(get(reader)).isZero();
    get(writer);
  }
}
