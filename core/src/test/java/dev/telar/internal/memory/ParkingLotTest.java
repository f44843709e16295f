package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkingLotTest {
  private final SharedArena arena = SharedArena.create("a test");

  @AfterEach
  void close() {
    arena.close();
  }

  /// Their bells have the same path: the last one's end would delete the next one's.
  @Test
  void theNextKeeperBeginsWhenTheLastHasEnded() throws Exception {
    var point = new WaitPoint(arena.allocate(64), 0, false, "the test");
    var ended = new AtomicBoolean();
    var endedBefore = new AtomicReference<Boolean>();
    var lot = new ParkingLot(arena);
    var waiter = new Waiter(() -> {});
    Thread comer =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  lot.enter(point, waiter); // starts a keeper, if there is none
                  endedBefore.set(ended.get());
                });
    boolean occupied =
        lot.awaitOccupied( // as the last keeper does
            () -> {
              comer.start();
              await()
                  .until(
                      () ->
                          comer.getState() == Thread.State.WAITING
                              || comer.getState() == Thread.State.TERMINATED);
              ended.set(true);
            });
    assertThat(occupied).isFalse();
    comer.join();
    lot.leave(point, waiter);
    assertThat(endedBefore).hasValue(true);
  }
}
