package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.kill.StageRun.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The short round: a death at every labelled step of every operation, in both wait modes; and of
/// what waits, with parked survivors of native victims, which is how a program and its workers are
/// if nobody says anything about native access.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(420)
class KillSuiteTest {
  private static final Duration LIMIT = Duration.ofSeconds(200);
  private static final String[] WAITING = {"lock", "condition", "semaphore", "queue"};
  private final Map<Mode, StageRun> runs = new EnumMap<>(Mode.class);

  private StageRun run(Mode mode, String... scenarios) throws Exception {
    StageRun run = runs.get(mode);
    if (run == null) {
      run = new StageRun(mode, 0, 8, 2, 1, scenarios);
      runs.put(mode, run);
    }
    assertThat(run.await(LIMIT)).as(() -> "in time\n" + text(mode)).isTrue();
    return run;
  }

  private String text(Mode mode) {
    try {
      return runs.get(mode).output();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterAll
  void close() throws Exception {
    for (StageRun run : runs.values()) {
      run.close();
    }
  }

  @Test
  void whateverStepAProcessDiesAt_parkedWaitersGoOnAndNothingIsLostOrTorn() throws Exception {
    StageRun run = run(Mode.PARK);

    assertThat(run.succeeded()).as(run.output()).isTrue();
  }

  @Test
  void whateverStepAProcessDiesAt_nativeWaitersGoOnAndNothingIsLostOrTorn() throws Exception {
    StageRun run = run(Mode.NATIVE);

    assertThat(run.succeeded()).as(run.output()).isTrue();
  }

  @Test
  void whateverStepANativeProcessDiesAt_parkedWaitersGoOnAndNothingIsLostOrTorn() throws Exception {
    StageRun run = run(Mode.DEFAULT, WAITING);

    assertThat(run.succeeded()).as(run.output()).isTrue();
    assertThat(diedAt(run)).contains("signal.taken", "signal.sent", "wait.woken", "lock.released");
  }

  /// Which lanes of a victim wait for each other is chance: so in one of the modes a label or two
  /// may be missed for once, but none in both.
  @Test
  void everyLabelInTheSourcesIsDiedAt() throws Exception {
    Set<String> all = Labels.inSources();
    var never = new TreeSet<>(all);
    for (Mode mode : new Mode[] {Mode.PARK, Mode.NATIVE}) {
      var missed = new TreeSet<>(all);
      missed.removeAll(diedAt(run(mode)));
      never.retainAll(missed);
      assertThat(missed).as(mode.name()).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(never).isEmpty();
  }

  private static Set<String> diedAt(StageRun run) throws IOException {
    var diedAt = new TreeSet<String>();
    run.kills()
        .forEach(
            (label, kills) -> {
              if (kills > 0) {
                diedAt.add(label);
              }
            });
    return diedAt;
  }
}
