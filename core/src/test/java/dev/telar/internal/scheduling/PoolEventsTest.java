package dev.telar.internal.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.PoolEvent;
import dev.telar.ThreadPool;
import dev.telar.internal.flight.Abandonments;
import dev.telar.testing.Events;
import org.junit.jupiter.api.Test;

/// Events that are no pool's own.
class PoolEventsTest {

  @Test
  void anAbandonedLockIsToldToThePoolsThatListen() {
    var events = new Events();
    var closed = new Events();
    ThreadPool.builder().listener(closed).build().close();
    try (var _ = ThreadPool.builder().listener(events).build();
        var _ = ThreadPool.builder().build()) {
      Abandonments.found("the lock", 42);
      var told = events.awaitFirst(PoolEvent.LockAbandoned.class);
      assertThat(told.lock()).isEqualTo("the lock");
      assertThat(told.pid()).isEqualTo(42);
      assertThat(told.pool()).isEmpty();
    }
    assertThat(closed.all()).isEmpty();
  }
}
