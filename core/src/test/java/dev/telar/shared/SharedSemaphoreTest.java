package dev.telar.shared;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.Worker;
import dev.telar.testing.DieAt;
import dev.telar.testing.Fault;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSemaphoreTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void noMoreThanItsPermitsAreInsideAtOnce() {
    SharedSemaphore semaphore = shared.semaphore(2);
    SharedLong inside = shared.longValue(0);
    SharedLong most = shared.longValue(0);
    try (var pool = ProcessPool.builder().workers(2).threadsPerWorker(3).build()) {
      pool.map(
          n -> {
            for (int i = 0; i < n; i++) {
              semaphore.acquire();
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.yield();
              inside.decrementAndGet();
              semaphore.release();
            }
            return n;
          },
          Collections.nCopies(6, 500));
    }
    assertThat(most.get()).isBetween(1L, 2L);
    assertThat(semaphore.availablePermits()).isEqualTo(2);
  }

  @Test
  void permitsOfADeadProcessComeBack() throws Exception {
    SharedSemaphore semaphore = shared.boundedSemaphore(3);
    semaphore.acquire();
    try (var worker =
        Worker.process(
            "doomed",
            () -> {
              semaphore.acquire(2);
              Fault.KILL.strike();
            })) {
      worker.start().join();
    }
    assertThat(semaphore.tryAcquire(2, 10, SECONDS)).isTrue();
    assertThat(semaphore.availablePermits()).isZero();
    semaphore.release(3);
    assertThatThrownBy(semaphore::release)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("never has more than 3");
  }

  /// What is released here is one more, and not the dead one's, who has not given his back.
  @Test
  void aReleaseGivesNothingBackForTheDead() throws Exception {
    SharedSemaphore semaphore = shared.semaphore(1);
    try (var worker =
        Worker.process(
            "doomed",
            () -> {
              semaphore.acquire();
              Fault.KILL.strike();
            })) {
      worker.start().join();
    }
    semaphore.release();
    assertThat(semaphore.availablePermits()).isEqualTo(2);
    assertThat(semaphore.tryAcquire(2)).isTrue();
    assertThat(semaphore.tryAcquire()).isFalse();
  }

  /// Whatever slots they have: the permits of the dead are not theirs to give back.
  @Test
  void whoComesAfterADeadHolderReleasesHisOwn() throws Exception {
    SharedSemaphore semaphore = shared.semaphore(1);
    for (int i = 0; i < 3; i++) {
      try (var pool = ProcessPool.builder().workers(1).build()) {
        pool.submit(
                () -> {
                  semaphore.release();
                  semaphore.acquire();
                })
            .get(20, SECONDS);
      } // and dies with one
    }
    assertThat(semaphore.availablePermits()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock.acquired",
        "semaphore.taken",
        "semaphore.entered",
        "semaphore.returned",
        "semaphore.released"
      })
  void noPermitIsLostOrMadeByADeathHalfWay(String label) throws Exception {
    SharedSemaphore semaphore = shared.boundedSemaphore(2);
    semaphore.acquire();
    try (var pool = ProcessPool.builder().workers(1).jvmArgs(DieAt.options(label)).build()) {
      assertThatThrownBy(
              () ->
                  pool.submit(
                          () -> {
                            semaphore.acquire();
                            semaphore.release();
                          })
                      .get())
          .isNotNull();
    }
    assertThat(semaphore.tryAcquire(1, 10, SECONDS)).isTrue();
    assertThat(semaphore.tryAcquire()).isFalse();
    semaphore.release(2);
    assertThat(semaphore.availablePermits()).isEqualTo(2);
  }

  @Test
  void whatOneProcessAcquiresAnotherMayRelease() throws Exception {
    SharedSemaphore items = shared.semaphore(0);
    try (var pool = Pool.processes(1)) {
      var taker =
          pool.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  items.acquire();
                }
                return items.availablePermits();
              });
      for (int i = 0; i < 100; i++) {
        items.release();
      }
      assertThat(taker.get(20, SECONDS)).isZero();
    }
  }

  @Test
  void moreThanCanBeCountedIsRefusedAndNothingIsReleased() throws Exception {
    SharedSemaphore semaphore = shared.semaphore(3);
    semaphore.acquire(2);
    assertThatThrownBy(() -> semaphore.release(Integer.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2147483647");
    assertThat(semaphore.availablePermits()).isEqualTo(1);
    semaphore.release(Integer.MAX_VALUE - 1);
    assertThat(semaphore.availablePermits()).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
  }

  /// It must not have been taken from the account of whoever acquired before that was refused.
  @Test
  void aRefusedReleaseLeavesThePermitsWithWhomTheyAre() throws Exception {
    SharedSemaphore semaphore = shared.semaphore(2);
    try (var pool = Pool.processes(1)) {
      pool.submit(() -> semaphore.acquire(1)).get(20, SECONDS);
      assertThatThrownBy(() -> semaphore.release(Integer.MAX_VALUE))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(semaphore.tryAcquire(2, 10, SECONDS)).as("one is of the dead worker").isTrue();
  }

  @Test
  void whoGivesUpHasNothing() throws Exception {
    SharedSemaphore semaphore = shared.semaphore(1);
    assertThat(semaphore.tryAcquire(2)).isFalse();
    assertThat(semaphore.tryAcquire(2, 5, MILLISECONDS)).isFalse();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> semaphore.acquire(1)).isInstanceOf(InterruptedException.class);
    assertThat(semaphore.availablePermits()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> semaphore.acquire(0));
    assertThatIllegalArgumentException().isThrownBy(() -> shared.semaphore(-1));
  }
}
