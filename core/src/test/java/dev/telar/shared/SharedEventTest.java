package dev.telar.shared;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.WorkerCrashedException;
import dev.telar.testing.DieAt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events and latches.
class SharedEventTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void twoProcessesTakeTurnsByEvents() throws Exception {
    SharedEvent ping = shared.event();
    SharedEvent pong = shared.event();
    try (var pool = Pool.processes(2)) {
      var one = pool.submit(() -> turns(ping, pong, 500));
      var two = pool.submit(() -> turns(pong, ping, 500));
      ping.set();
      assertThat(one.get(40, SECONDS)).isEqualTo(500);
      assertThat(two.get(40, SECONDS)).isEqualTo(500);
    }
  }

  private static int turns(SharedEvent mine, SharedEvent theirs, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      mine.await();
      mine.clear();
      theirs.set();
    }
    return times;
  }

  @Test
  void anEventStaysSetUntilItIsCleared() throws Exception {
    SharedEvent event = shared.event();
    assertThat(event.await(5, MILLISECONDS)).isFalse();
    event.set();
    event.set();
    event.await();
    assertThat(event.await(0, MILLISECONDS)).isTrue();
    assertThat(event.isSet()).isTrue();
    event.clear();
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void whoSetsAnEventAndDiesBeforeItSignalsKeepsNobodyWaiting() throws Exception {
    SharedEvent event = shared.event();
    try (var pool = ProcessPool.builder().workers(1).jvmArgs(DieAt.options("event.set")).build();
        var waiters = Pool.processes(1)) {
      var waiting = waiters.submit(() -> event.await(30, SECONDS));
      var doomed = pool.submit(event::set);
      assertThatThrownBy(doomed::get).hasCauseInstanceOf(WorkerCrashedException.class);
      assertThat(waiting.get(10, SECONDS)).isTrue();
    }
  }

  @Test
  void aLatchOpensWhenAllHaveCountedDown() throws Exception {
    SharedLatch latch = shared.latch(4);
    try (var pool = Pool.processes(2)) {
      assertThat(latch.await(5, MILLISECONDS)).isFalse();
      for (int i = 0; i < 4; i++) {
        pool.submit(latch::countDown);
      }
      assertThat(latch.await(20, SECONDS)).isTrue();
      latch.countDown();
      assertThat(latch.getCount()).isZero();
      latch.await();
    }
  }
}
