package dev.telar.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An interrupt that comes when its task has just ended must not close a socket of the worker,
/// which would cut it off: every worker that was there before is there afterwards.
class LateInterruptTest {

  @Test
  void cancellingTasksThatAreAboutToEndCostsNoWorker() throws Exception {
    try (ProcessPool pool = Pool.processes(2)) {
      List<Long> pids = pidsOfBoth(pool);
      for (int i = 0; i < 20_000; i++) {
        var future = pool.submit(() -> 1);
        for (int k = 0; k < i % 1000; k++) {
          Thread.onSpinWait();
        }
        future.cancel(true);
      }
      assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
      assertThat(pool.pids()).isEqualTo(pids);
    }
  }

  @Test
  void aTaskThatLeavesItsThreadInterruptedCostsNoWorker() throws Exception {
    try (ProcessPool pool = Pool.processes(2)) {
      List<Long> pids = pidsOfBoth(pool);
      for (int i = 0; i < 200; i++) {
        pool.submit(
                () -> {
                  Thread me = Thread.currentThread();
                  me.interrupt();
                  Thread.ofVirtual()
                      .start(
                          () -> {
                            for (int k = 0; k < 20; k++) {
                              me.interrupt();
                              Thread.yield();
                            }
                          });
                  return new StringBuilder("travels by serialization");
                })
            .get();
      }
      assertThat(pool.pids()).isEqualTo(pids);
    }
  }

  private static List<Long> pidsOfBoth(ProcessPool pool) {
    await().until(() -> pool.pids().size() == 2);
    return pool.pids();
  }
}
