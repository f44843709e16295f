package dev.telar.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.CrashCause;
import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import dev.telar.WorkerDeath;
import dev.telar.cli.soak.Attempt.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptTest {

  private static End ending(TaskKind kind, Object value, Throwable error) {
    var attempt = new Attempt(7, kind);
    attempt.ended(value, error);
    return attempt.end();
  }

  private static WorkerCrashedException crash(int attempt) {
    var death = new WorkerDeath("worker", 1, CrashCause.KILLED, -1, 9, null, null, List.of());
    return new WorkerCrashedException("died", "task", attempt, Duration.ZERO, death);
  }

  @Test
  void aResultIsJudgedByItsValue() {
    assertThat(ending(TaskKind.SLEEPS, 7, null)).isEqualTo(End.RESULT);
    assertThat(ending(TaskKind.SLEEPS, 8, null)).isEqualTo(End.WRONG);
    assertThat(ending(TaskKind.HANGS, null, null)).isEqualTo(End.WRONG);
  }

  @Test
  void aTaskMayFailAsItIsMadeTo() {
    assertThat(ending(TaskKind.THROWS, null, new IllegalStateException("task 7")))
        .isEqualTo(End.OWN_ERROR);
    assertThat(ending(TaskKind.SLEEPS, null, new IllegalStateException("task 7")))
        .isEqualTo(End.WRONG);
    var timeout =
        new TaskTimeoutException("x", Duration.ZERO, new StackTraceElement[0], "no stack");
    assertThat(ending(TaskKind.HANGS, null, timeout)).isEqualTo(End.TIMED_OUT);
  }

  @Test
  void aDeathIsOnlyRightWhenAllRetriesAreUsedUp() {
    assertThat(ending(TaskKind.COMPUTES, null, crash(3))).isEqualTo(End.CRASHED);
    assertThat(ending(TaskKind.COMPUTES, null, crash(2))).isEqualTo(End.WRONG);
    assertThat(ending(TaskKind.COMPUTES_ONCE, null, crash(1))).isEqualTo(End.CRASHED);
  }

  @Test
  void executionsAreCountedForEachTask(@TempDir Path folder) throws Exception {
    Executions log = Executions.in(folder, "round");
    log.begun(2);
    log.begun(0);
    log.begun(2);
    assertThat(log.counts(3)).containsExactly(1, 0, 2);
  }

  @Test
  void ofItemsTheOneThatWasBegunMostOftenCounts(@TempDir Path folder) throws Exception {
    Executions log = Executions.in(folder, "round");
    log.begun(1, 3);
    log.begun(1, 15);
    log.begun(1, 15);
    log.begun(2, 0);
    assertThat(log.counts(3)).containsExactly(0, 2, 1);
  }
}
