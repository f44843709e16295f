package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.kill.StageRun.Mode;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The long round: deaths by chance, thousands of them, in both wait modes and between them.
///
/// `-Dtelar.kills=1000` runs fewer, `-Dtelar.kill.seed=7` repeats the choices of a run (not its
/// timing).
@Tag("soak")
class KillSoakTest {
  private static final int KILLS = Integer.getInteger("telar.kills", 10_000);
  private static final long SEED =
      Long.getLong("telar.kill.seed", ThreadLocalRandom.current().nextInt(1 << 30));
  private static final Duration LIMIT = Duration.ofMinutes(40);

  @Test
  @Timeout(3000)
  void tenThousandDeathsLeaveNobodyWaitingAndLoseNothing() throws Exception {
    try (var parked = new StageRun(Mode.PARK, KILLS * 2 / 5, 2, 1, SEED);
        var natively = new StageRun(Mode.NATIVE, KILLS * 2 / 5, 2, 1, SEED + 1)) {
      for (StageRun run : new StageRun[] {parked, natively}) {
        run.await(LIMIT);
        System.out.println(run.summary());
      }
      try (var mixed = new StageRun(Mode.MIXED, KILLS - KILLS * 2 / 5 * 2, 2, 2, SEED + 2)) {
        mixed.await(LIMIT);
        System.out.println(mixed.summary());
        for (StageRun run : new StageRun[] {parked, natively, mixed}) {
          assertThat(run.succeeded()).as(run.output()).isTrue();
        }
      }
    }
  }
}
