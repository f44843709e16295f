package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.shared.SharedClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitPointTest {
  private static final long FOR_EVER = Long.MAX_VALUE;
  private static final long FLAG = 64;

  private final SharedArena arena = SharedArena.create("a test");
  private final Block block = arena.allocate(128);

  @AfterEach
  void close() {
    arena.close();
  }

  private WaitPoint point(boolean exclusive) {
    return new WaitPoint(block, 0, exclusive, "the test");
  }

  @Test
  void aSignalWakesAllWhoWaitForAnEvent() throws Exception {
    WaitPoint point = point(false);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        waiting.add(threads.submit(() -> point.await(() -> block.getLong(FLAG) == 1, FOR_EVER)));
      }
      block.setLong(FLAG, 1);
      point.signal();
      for (Future<Boolean> waiter : waiting) {
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void aChangeWithoutASignalIsFoundToo() throws Exception {
    WaitPoint point = point(false);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        waiting.add(threads.submit(() -> point.await(() -> block.getLong(FLAG) == 1, FOR_EVER)));
      }
      await().until(() -> block.getLong(16) != 0 || block.getLong(8) != 0);
      block.setLong(FLAG, 1);
      for (Future<Boolean> waiter : waiting) {
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void aThousandVirtualThreadsTakeTurns() throws Exception {
    WaitPoint point = point(true);
    int[] inside = new int[1];
    int[] turns = new int[1];
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int turn = 0; turn < 10; turn++) {
                    point.await(() -> block.compareAndSetLong(FLAG, 0, 1), FOR_EVER);
                    assertThat(++inside[0]).isEqualTo(1);
                    turns[0]++;
                    inside[0]--;
                    block.setLong(FLAG, 0);
                    point.signal();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(turns[0]).isEqualTo(10_000);
  }

  @Test
  void whoGivesUpLeavesTheSignalToTheNext() throws Exception {
    WaitPoint point = point(true);
    for (int round = 0; round < 50; round++) {
      block.setLong(FLAG, 1);
      var started = new CountDownLatch(1);
      try (var threads = Executors.newCachedThreadPool()) {
        Future<Boolean> impatient =
            threads.submit(
                () -> {
                  started.countDown();
                  return point.await(() -> block.compareAndSetLong(FLAG, 0, 1), 1_000_000);
                });
        started.await();
        Future<Boolean> patient =
            threads.submit(() -> point.await(() -> block.compareAndSetLong(FLAG, 0, 1), FOR_EVER));
        block.setLong(FLAG, 0);
        point.signal();
        if (impatient.get(10, TimeUnit.SECONDS)) {
          block.setLong(FLAG, 0);
          point.signal();
        }
        assertThat(patient.get(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void timeEnds() throws Exception {
    assertThat(point(false).await(() -> false, 5_000_000)).isFalse();
    assertThat(point(false).await(() -> false, 0)).isFalse();
  }

  @Test
  void anInterruptEndsAWaitOrIsKeptForLater() throws Exception {
    WaitPoint point = point(false);
    try (var threads = Executors.newCachedThreadPool()) {
      Future<Boolean> interruptible = threads.submit(() -> point.await(() -> false, FOR_EVER));
      Future<Boolean> other =
          threads.submit(
              () -> {
                point.awaitUninterruptibly(() -> block.getLong(FLAG) == 1);
                return Thread.currentThread().isInterrupted();
              });
      await().until(() -> (block.getLong(8) | block.getLong(16)) != 0);
      threads.shutdownNow();

      assertThatThrownBy(() -> interruptible.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(other.isDone()).isFalse();
      block.setLong(FLAG, 1);
      point.signal();
      assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theEndOfTheArenaWakesEverybody() throws Exception {
    WaitPoint point = point(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiting.add(threads.submit(() -> point.await(() -> false, FOR_EVER)));
      }
      arena.close();
      for (Future<Boolean> waiter : waiting) {
        assertThatThrownBy(() -> waiter.get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SharedClosedException.class)
            .hasMessageContaining("the test is closed");
      }
    }
  }
}
