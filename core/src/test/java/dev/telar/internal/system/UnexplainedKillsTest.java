package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnexplainedKillsTest {

  private long count = 3;
  private long seconds;
  private final UnexplainedKills kills =
      new UnexplainedKills(() -> count, () -> TimeUnit.SECONDS.toNanos(seconds));

  @Test
  void aDeathWithoutAKillByTheKernelIsSomebodyElses() {
    assertThat(kills.wasTheKernel()).isFalse();
  }

  @Test
  void oneKillExplainsOneDeath() {
    count++;
    assertThat(kills.wasTheKernel()).isTrue();
    assertThat(kills.wasTheKernel()).isFalse();
  }

  @Test
  void twoThatWereKilledTogetherAreExplainedOneAfterTheOther() {
    count += 2;
    assertThat(kills.wasTheKernel()).isTrue();
    seconds++;
    assertThat(kills.wasTheKernel()).isTrue();
  }

  @Test
  void aKillOfAnotherProcessLongAgoExplainsNothing() {
    count++;
    kills.look();
    seconds = 60;
    assertThat(kills.wasTheKernel()).isFalse();
  }

  @Test
  void whereNobodyCountsNothingIsExplained() {
    count = -1;
    var unknown = new UnexplainedKills(() -> count, () -> 0);
    assertThat(unknown.wasTheKernel()).isFalse();
  }
}
