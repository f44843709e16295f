package dev.telar.shared;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Fault;
import dev.telar.testing.Handles;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where the promises of [SharedQueue] are tightest.
class SharedQueueCornersTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void aClearedQueueIsEmptyForTakersWhateverTheySawOfItBefore() throws Exception {
    SharedQueue<Integer> queue = shared.queue(100, 4096);
    for (int round = 0; round < 300; round++) { // the ring turns around
      for (int i = 0; i < 5; i++) {
        queue.put(i);
      }
      if (round % 2 == 0) {
        assertThat(queue.take()).isZero();
        queue.put(5);
      }
      queue.clear();
      assertThat(queue.poll()).as("round %d", round).isNull();
      assertThat(queue).isEmpty();
      queue.put(round);
      assertThat(queue.take()).isEqualTo(round);
    }
  }

  /// As when one task of a worker has put it, and another of the same worker puts the next.
  @Test
  void aLargeElementOutlivesTheObjectThatPutIt() throws Exception {
    SharedLong other = shared.longValue(0);
    String handle = putLargeAndForget(shared);
    SharedQueue<byte[]> again = Handles.read(handle);
    again.put(large(2));

    assertThat(again.take()).isEqualTo(large(1));
    assertThat(again.take()).isEqualTo(large(2));
    assertThat(other.isOpen()).isTrue();
  }

  private static String putLargeAndForget(Shared shared) throws Exception {
    SharedQueue<byte[]> queue = shared.queue(10, 1 << 20);
    queue.put(large(1));
    String handle = Handles.write(queue);
    var reference = new WeakReference<>(queue);
    queue = null;
    await()
        .until(
            () -> {
              System.gc();
              return reference.get() == null;
            });
    return handle;
  }

  private static byte[] large(int number) {
    byte[] large = new byte[400_000];
    large[0] = (byte) number;
    return large;
  }

  @Test
  void producersThatWaitInAClosedQueueAreLetGoTogether() throws Exception {
    SharedQueue<Integer> queue = shared.queue(1);
    queue.put(0);
    int count = 100;
    List<Future<Boolean>> producers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        producers.add(
            pool.submit(
                () -> {
                  synchronized (threads) {
                    threads.add(Thread.currentThread());
                  }
                  queue.put(1);
                  return true;
                }));
      }
      await().until(() -> waiting(threads) == count);
      long start = System.nanoTime();
      queue.close();
      for (Future<Boolean> each : producers) {
        assertThatThrownBy(() -> each.get(30, SECONDS))
            .hasCauseInstanceOf(QueueClosedException.class);
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
          .as(
              "milliseconds: each wakes the next, and none has to look by himself after 10 ms or 1"
                  + " s")
          .isLessThan(500);
    }
  }

  private static long waiting(List<Thread> threads) {
    synchronized (threads) {
      return threads.stream().filter(each -> each.getState() == Thread.State.TIMED_WAITING).count();
    }
  }

  @Test
  void anElementThatCannotBeReadIsNotWaitedFor() throws Exception {
    SharedQueue<Object> queue = shared.queue();
    queue.put(new Fault.WhenRead(Fault.EXCEPTION));
    queue.put("fine");
    assertThatThrownBy(queue::take).isInstanceOf(UnreadableElementException.class);
    assertThat(queue.take()).isEqualTo("fine");
    assertThat(queue.join(Duration.ofMillis(10))).as("that one was taken").isFalse();
    queue.taskDone();
    assertThat(queue.join(Duration.ofSeconds(20))).isTrue();
    assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingItAfterItsSharedDoesNothing() {
    SharedQueue<Integer> queue = shared.queue();
    shared.close();
    queue.close();
    assertThatThrownBy(queue::poll).isInstanceOf(SharedClosedException.class);
  }

  @Test
  void itIsDrainedIntoSomething() {
    SharedQueue<Integer> queue = shared.queue();
    assertThatNullPointerException().isThrownBy(() -> queue.drainTo(null));
  }
}
