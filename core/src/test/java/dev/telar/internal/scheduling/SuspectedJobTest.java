package dev.telar.internal.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.CrashCause;
import dev.telar.TaskOptions;
import dev.telar.WorkerCrashedException;
import dev.telar.WorkerDeath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A job that is next in a worker that dies, again and again.
class SuspectedJobTest {

  private final Job job =
      new Job(TaskOptions.defaults(), new Observation("pool", List.of())) {
        @Override
        public String name() {
          return "next";
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public long estimatedNanos() {
          return 0;
        }

        @Override
        public void release() {}

        @Override
        public void lost(Scheduler scheduler, WorkerCrashedException cause, int item) {}

        @Override
        public void fail(Throwable error) {}
      };

  private static WorkerCrashedException death(CrashCause cause) {
    var death = new WorkerDeath("worker", 1, cause, 1, 0, null, null, List.of());
    return new WorkerCrashedException("died", "next", 1, Duration.ZERO, death);
  }

  @Test
  void isSuspectedWhenTheThirdWorkerHasDiedBeforeItWasClaimed() {
    assertThat(job.suspected(death(CrashCause.HALTED))).isFalse();
    assertThat(job.suspected(death(CrashCause.OUT_OF_MEMORY))).isFalse();
    assertThat(job.suspected(death(CrashCause.HALTED))).isTrue();
  }

  @Test
  void isNotSuspectedBecauseSomebodyElseKillsWorkers() {
    for (int i = 0; i < 10; i++) {
      assertThat(job.suspected(death(CrashCause.KILLED))).isFalse();
    }
  }
}
