package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingTest {
  private final SharedArena arena = SharedArena.create("a test");

  @AfterEach
  void close() {
    arena.close();
  }

  private Ring ring() {
    Block block = arena.allocate(Ring.bytes(4096));
    return new Ring(block, 0, 4096, Integer.MAX_VALUE, "a ring");
  }

  private static void put(Ring ring, int value) throws Exception {
    assertThat(ring.put(new byte[] {(byte) value}, 0, () -> false)).isTrue();
  }

  private static int take(Ring ring) throws Exception {
    byte[] taken = ring.take(0, () -> {}, () -> {}, () -> false);
    return taken == null ? -1 : taken[0];
  }

  /// Whoever takes passes the wake-up on if there is more, and has to look at what there is, not at
  /// what there was when a taker last looked.
  @Test
  void theWakeUpIsPassedOnForWhatWasPutSinceATakerLooked() throws Exception {
    Ring ring = ring();
    put(ring, 1);
    put(ring, 2);
    assertThat(take(ring)).isEqualTo(1); // has seen two
    put(ring, 3); // nobody waits, nobody is told
    List<Thread> told = new CopyOnWriteArrayList<>();
    Runnable cancel = ring.onNotEmpty(() -> told.add(Thread.currentThread()));
    assertThat(take(ring)).isEqualTo(2);
    cancel.run();
    assertThat(told).as("by the taker, not by the keeper later").contains(Thread.currentThread());
    assertThat(take(ring)).isEqualTo(3);
    assertThat(take(ring)).isEqualTo(-1);
  }

  /// Whoever was woken and then does not get at the ring leaves the wake-up to somebody else.
  @Test
  void whoGivesUpAtTheLockPassesTheWakeUpOn() throws Exception {
    Block block = arena.allocate(Ring.bytes(4096));
    var ring = new Ring(block, 0, 4096, Integer.MAX_VALUE, "a ring");
    put(ring, 1);
    var consumers = new RobustLock(block, 64, "a ring");
    List<Thread> told = new CopyOnWriteArrayList<>();
    Runnable cancel = ring.onNotEmpty(() -> told.add(Thread.currentThread()));
    Thread holder =
        Thread.ofPlatform()
            .start(
                () -> {
                  consumers.lock();
                  try {
                    Thread.sleep(60_000);
                  } catch (InterruptedException over) {
                    consumers.unlock();
                  }
                });
    try {
      Awaitility.await().until(consumers::isLocked);
      assertThat(ring.take(1_000_000, () -> {}, () -> {}, () -> false)).isNull();
    } finally {
      holder.interrupt();
      holder.join();
      cancel.run();
    }
    assertThat(told).contains(Thread.currentThread());
    assertThat(take(ring)).isEqualTo(1);
  }

  /// As one that is stopped would: who has a time limit must not wait for it without one.
  @Test
  void whoseTimeIsOverDoesNotWaitForAHolderThatDoesNotGoOn() throws Exception {
    Block block = arena.allocate(Ring.bytes(4096));
    var ring = new Ring(block, 0, 4096, Integer.MAX_VALUE, "a ring");
    put(ring, 1);
    var producers = new RobustLock(block, 0, "a ring");
    var consumers = new RobustLock(block, 64, "a ring");
    var release = new CountDownLatch(1);
    Thread holder =
        Thread.ofPlatform()
            .start(
                () -> {
                  producers.lock();
                  consumers.lock();
                  try {
                    release.await();
                  } catch (InterruptedException over) {
                    // also an end
                  }
                  consumers.unlock();
                  producers.unlock();
                });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Awaitility.await().until(consumers::isLocked);
        var put = threads.submit(() -> ring.put(new byte[1], 1, () -> false));
        var taken = threads.submit(() -> ring.take(1, () -> {}, () -> {}, () -> false));
        assertThat(put.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(taken.get(20, TimeUnit.SECONDS)).isNull();
      } finally {
        release.countDown();
      }
    }
    holder.join();
    assertThat(ring.size()).isEqualTo(1);
  }

  @Test
  void whoeverCannotReadWhatHeTookSaysThatItIsLost() throws Exception {
    Ring ring = ring();
    var lost = new AtomicInteger();
    assertThat(ring.put(new byte[3000], 0, () -> false)).isTrue();
    try (var files = Files.newDirectoryStream(arena.directory(), "e-*")) {
      for (Path file : files) {
        Files.write(file, new byte[10]);
      }
    }
    assertThatThrownBy(() -> ring.take(0, () -> {}, lost::incrementAndGet, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("truncated");
    assertThat(lost).hasValue(1);
    put(ring, 4);
    assertThat(take(ring)).isEqualTo(4);
    assertThat(lost).hasValue(1);
  }

  @Test
  void aListenerThatThrowsIsNobodyElsesLoss() throws Exception {
    Ring ring = ring();
    Runnable cancel =
        ring.onNotEmpty(
            () -> {
              throw new IllegalStateException("a mistake, and part of a test");
            });
    put(ring, 1);
    cancel.run();
    assertThat(take(ring)).isEqualTo(1);
  }
}
