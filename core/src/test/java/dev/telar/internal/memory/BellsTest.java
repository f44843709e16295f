package dev.telar.internal.memory;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.ProcessPool;
import dev.telar.WorkerCrashedException;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedSemaphore;
import dev.telar.testing.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BellsTest {
  private static final int WORKERS = 8;
  private static final int RINGS = 4;

  private static long sockets() throws IOException {
    long count = 0;
    try (var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : open) {
        try {
          count += Files.readSymbolicLink(each).toString().startsWith("socket:") ? 1 : 0;
        } catch (IOException closedMeanwhile) {
          // not counted
        }
      }
    }
    return count;
  }

  /// Each waits till it is rung for, some times, and then dies.
  private static void ringForWorkersThatDie(Shared shared, int workers) throws Exception {
    for (int i = 0; i < workers; i++) {
      SharedSemaphore permits = shared.semaphore(0); // those of the dead come back
      SharedLong got = shared.longValue(0);
      try (var pool = ProcessPool.builder().workers(1).build()) {
        var task =
            pool.submit(
                () -> {
                  for (int n = 0; n < RINGS; n++) {
                    permits.acquire();
                    got.incrementAndGet();
                  }
                  Fault.KILL.strike();
                });
        for (int n = 1; n <= RINGS; n++) {
          permits.release();
          long rung = n;
          await().pollInterval(Duration.ofMillis(20)).until(() -> got.get() == rung);
        }
        assertThatThrownBy(() -> task.get(30, SECONDS))
            .hasCauseInstanceOf(WorkerCrashedException.class);
      }
    }
  }

  @Test
  void deadWorkersCostNoFileDescriptors() throws Exception {
    try (var shared = Shared.open()) {
      ringForWorkersThatDie(shared, 1);
      long before = sockets();
      ringForWorkersThatDie(shared, WORKERS);
      assertThat(sockets()).as("%d before", before).isLessThan(before + WORKERS / 2);
    }
  }

  @Test
  void aSharedThatIsClosedOrForgottenKeepsNone() throws Exception {
    try (var warm = Shared.open()) {
      ringForWorkersThatDie(warm, 1);
    }
    long before = sockets();
    for (int i = 0; i < 3; i++) {
      ringForWorkersThatDie(Shared.open(), 1); // and forgets it
    }
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(sockets()).isLessThanOrEqualTo(before);
            });
  }
}
