package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One thread watches the memory of all workers.
class MemoryWatchTest {

  private record Watching(CountDownLatch rounds, boolean fails) implements MemoryWatch.Watched {
    @Override
    public long pid() {
      return ProcessHandle.current().pid();
    }

    @Override
    public boolean measured(long bytes) {
      rounds.countDown();
      if (fails) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return true;
    }
  }

  @Test
  void aProcessThatNothingCanBeDoneAboutTakesTheWatchAwayFromNoOther() throws Exception {
    assumeTrue(ResidentMemory.isKnown());
    var failing = new Watching(new CountDownLatch(3), true);
    var other = new Watching(new CountDownLatch(3), false);
    MemoryWatch.add(failing);
    MemoryWatch.add(other);
    try {
      assertThat(failing.rounds.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(other.rounds.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      MemoryWatch.remove(failing);
      MemoryWatch.remove(other);
    }
  }
}
