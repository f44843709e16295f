package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    byte[] taken = ring.take(0, () -> {}, () -> false);
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
    List<Thread> told = new ArrayList<>();
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
    List<Thread> told = new ArrayList<>();
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
      assertThat(ring.take(1_000_000, () -> {}, () -> false)).isNull();
    } finally {
      holder.interrupt();
      holder.join();
      cancel.run();
    }
    assertThat(told).contains(Thread.currentThread());
    assertThat(take(ring)).isEqualTo(1);
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
