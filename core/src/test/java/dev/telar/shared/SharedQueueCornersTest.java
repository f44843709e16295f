package dev.telar.shared;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.ProcessPool;
import dev.telar.testing.Fault;
import dev.telar.testing.Handles;
import dev.telar.testing.HoldAt;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import dev.telar.testing.Processes;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    int count = 500;
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
      await().until(() -> producers.stream().allMatch(Future::isDone));
      long took = System.nanoTime() - start;
      for (Future<Boolean> each : producers) {
        assertThatThrownBy(() -> each.get(30, SECONDS))
            .hasCauseInstanceOf(QueueClosedException.class);
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(took))
          .as(
              "milliseconds: each wakes the next, and none has to look by himself after 10 ms or 1"
                  + " s")
          .isLessThan(3000); // at 10 ms each it would be five seconds
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

  /// Takes one element that does not fit into its heap, and lives on.
  public static final class SmallTaker {
    public static void main(String[] args) throws Exception {
      SharedQueue<byte[]> queue = Handles.read(args[0]);
      try {
        queue.take();
        System.out.println("taken");
      } catch (OutOfMemoryError expected) {
        Files.createFile(Path.of(args[1]));
      }
      Thread.sleep(60_000);
      System.out.println(queue);
    }
  }

  @Test
  void anElementThatDoesNotFitIntoTheTakersMemoryIsNotWaitedForThoughTheTakerLives(
      @TempDir Path folder) throws Exception {
    SharedQueue<byte[]> queue = shared.queue(10, 4096);
    queue.put(new byte[48 << 20]);
    Path failed = folder.resolve("failed");
    try (var taker =
        JavaProgram.start(
            List.of("-Xmx32m"),
            List.of(),
            SmallTaker.class,
            Handles.write(queue),
            failed.toString())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(failed));
      assertThat(queue.join(Duration.ofSeconds(10))).isTrue();
      taker.kill();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ring.put.written", "ring.take.copied"})
  void whoHasATimeLimitDoesNotWaitForAProcessThatIsStoppedInsideAnOperation(
      String label, @TempDir Path folder) throws Exception {
    SharedQueue<Integer> queue = shared.queue();
    queue.put(1);
    boolean puts = label.contains("put");
    Mark held = HoldAt.held(folder);
    try (var pool =
            ProcessPool.builder()
                .workers(1)
                .jvmArgs(HoldAt.options(folder, label, "none"))
                .build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long worker = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
      var task =
          pool.submit(
              () -> {
                if (puts) {
                  queue.put(2);
                } else {
                  queue.take();
                }
                return true;
              });
      await().until(held::isSet);
      Processes.stop(worker);
      try {
        Future<?> end =
            threads.submit(
                () -> puts ? queue.offer(3, 0, SECONDS) : queue.poll(0, SECONDS) != null);
        assertThat(end.get(20, SECONDS)).isEqualTo(false);
      } finally {
        HoldAt.go(folder).set();
        Processes.resume(worker);
      }
      assertThat(task.get(30, SECONDS)).isTrue();
      assertThat(queue.size()).isEqualTo(puts ? 2 : 0);
    }
  }

  enum End {
    POISON
  }

  /// The seeds' way to an end, which needs no [SharedQueue#close()].
  @Test
  void aPoisonValueEndsTakersInOtherProcesses() throws Exception {
    SharedQueue<Object> queue = shared.queue();
    try (var pool = ProcessPool.builder().workers(2).build()) {
      var takers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 2; i++) {
        takers.add(
            pool.submit(
                () -> {
                  int sum = 0;
                  for (Object each; (each = queue.take()) != End.POISON; ) {
                    sum += (Integer) each;
                  }
                  return sum;
                }));
      }
      for (int i = 1; i <= 100; i++) {
        queue.put(i);
      }
      queue.put(End.POISON);
      queue.put(End.POISON);
      assertThat(takers.get(0).get(30, SECONDS) + takers.get(1).get(30, SECONDS)).isEqualTo(5050);
    }
    assertThat(queue).isEmpty();
  }

  /// Weakly consistent: in order, none twice, and all that is there from its beginning to its end.
  @Test
  void anIteratorGoesOnBesidePutsAndTakes() throws Exception {
    SharedQueue<Integer> queue = shared.queue(1000, 1 << 16);
    for (int i = 0; i < 100; i++) {
      queue.put(i);
    }
    Iterator<Integer> each = queue.iterator();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      seen.add(each.next());
    }
    for (int i = 0; i < 50; i++) {
      assertThat(queue.take()).isEqualTo(i); // overtakes it
      queue.put(100 + i);
    }
    each.forEachRemaining(seen::add);
    assertThat(seen).isSorted().doesNotHaveDuplicates();
    assertThat(seen.subList(0, 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(seen).containsAll(IntStream.range(50, 100).boxed().toList());
    assertThat(queue).hasSize(100);
    queue.clear();
    assertThat(each.hasNext()).isFalse();
    assertThatThrownBy(each::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void nothingIsRemovedFromTheMiddle() throws Exception {
    SharedQueue<Integer> queue = shared.queue();
    queue.put(1);
    queue.put(2);
    Iterator<Integer> each = queue.iterator();
    each.next();
    for (ThrowableAssert.ThrowingCallable remove :
        List.<ThrowableAssert.ThrowingCallable>of(
            () -> queue.remove(2),
            () -> queue.removeAll(List.of(2)),
            () -> queue.retainAll(List.of(2)),
            () -> queue.removeIf(n -> n == 2),
            each::remove)) {
      assertThatThrownBy(remove).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(queue).containsExactly(1, 2);
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
