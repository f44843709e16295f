package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.kill.StageRun.Mode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The short round: a death at every labelled step of every operation, in both wait modes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(420)
class KillSuiteTest {
  private static final Duration LIMIT = Duration.ofSeconds(200);
  private final Map<Mode, StageRun> runs = new EnumMap<>(Mode.class);

  private StageRun run(Mode mode) throws Exception {
    StageRun run = runs.get(mode);
    if (run == null) {
      run = new StageRun(mode, 0, 8, 2, 1);
      runs.put(mode, run);
    }
    assertThat(run.await(LIMIT)).as(() -> "in time\n" + text(mode)).isTrue();
    return run;
  }

  private String text(Mode mode) {
    try {
      return runs.get(mode).output();
    } catch (java.io.IOException e) {
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
  void everyLabelInTheSourcesIsDiedAt() throws Exception {
    var diedAt = new TreeSet<String>();
    for (Mode mode : new Mode[] {Mode.PARK, Mode.NATIVE}) {
      run(mode)
          .kills()
          .forEach(
              (label, kills) -> {
                if (kills > 0) {
                  diedAt.add(label);
                }
              });
    }

    assertThat(diedAt).containsAll(Labels.inSources());
  }
}
