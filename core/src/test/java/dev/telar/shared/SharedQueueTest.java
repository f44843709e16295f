package dev.telar.shared;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import dev.telar.TaskNotSerializableException;
import dev.telar.WorkerCrashedException;
import dev.telar.testing.DieAt;
import dev.telar.testing.Fault;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedQueueTest {

  /// How the workers wait for others.
  enum Mode {
    FUTEX("--enable-native-access=ALL-UNNAMED"),
    PARK("-Dtelar.wait=park");

    final String option;

    Mode(String option) {
      this.option = option;
    }

    ProcessPool pool(int workers, String... options) {
      var all = new ArrayList<>(List.of(options));
      all.add(option);
      return ProcessPool.builder().workers(workers).jvmArgs(all.toArray(String[]::new)).build();
    }
  }

  record Point(int x, long y) {}

  record From(int producer, int number) {}

  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void elementsComeOutInOrderAndAreBounded() throws Exception {
    SharedQueue<Object> queue = shared.queue(3);
    assertThat(queue.remainingCapacity()).isEqualTo(3);
    queue.put(new Point(1, 2));
    assertThat(queue.offer("two")).isTrue();
    assertThat(queue.add(3)).isTrue();
    assertThat(queue.offer(4)).isFalse();
    assertThat(queue.offer(4, 20, MILLISECONDS)).isFalse();
    assertThatThrownBy(() -> queue.add(4)).isInstanceOf(IllegalStateException.class);
    assertThat(queue).hasSize(3).containsExactly(new Point(1, 2), "two", 3).contains("two");
    assertThat(queue.peek()).isEqualTo(new Point(1, 2));
    assertThat(queue.take()).isEqualTo(new Point(1, 2));
    assertThat(queue.poll()).isEqualTo("two");
    assertThat(queue.poll(1, SECONDS)).isEqualTo(3);
    assertThat(queue.poll()).isNull();
    assertThat(queue.poll(20, MILLISECONDS)).isNull();
    assertThat(queue.peek()).isNull();
    assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> queue.remove("two"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("middle");
    queue.addAll(List.of(1, 2, 3));
    var drained = new ArrayList<>();
    assertThat(queue.drainTo(drained, 2)).isEqualTo(2);
    queue.clear();
    assertThat(queue).isEmpty();
    assertThat(drained).containsExactly(1, 2);
  }

  @Test
  void theRingTurnsAroundManyTimesWithElementsOfAllSizes() throws Exception {
    SharedQueue<byte[]> queue = shared.queue(Integer.MAX_VALUE, 4096);
    var random = new java.util.Random(3);
    var expected = new java.util.ArrayDeque<byte[]>();
    for (int i = 0; i < 20_000; i++) {
      byte[] element = new byte[random.nextInt(random.nextInt(20) == 0 ? 3000 : 200)];
      random.nextBytes(element);
      if (random.nextBoolean() && queue.offer(element)) {
        expected.add(element);
      } else if (!expected.isEmpty()) {
        assertThat(queue.take()).isEqualTo(expected.remove());
      }
      assertThat(queue.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void anElementLargerThanTheRingTravelsAndLeavesNothingBehind() throws Exception {
    SharedQueue<byte[]> queue = shared.queue(Integer.MAX_VALUE, 4096);
    byte[] large = new byte[3_000_000];
    large[2_999_999] = 7;
    queue.put(large);
    assertThat(queue.offer(large)).as("a second one is over the bound").isFalse();
    assertThat(queue.peek()).isEqualTo(large);
    queue.put(new byte[] {1});
    assertThat(files()).hasSize(1);
    assertThat(queue.take()).isEqualTo(large);
    assertThat(queue.take()).containsExactly(1);
    queue.put(large);
    queue.clear();
    assertThat(files()).isEmpty();
    try (var pool = Pool.processes(1)) {
      TaskFuture<Integer> length = pool.submit(() -> queue.take().length);
      queue.put(large);
      assertThat(length.get()).isEqualTo(3_000_000);
    }
    assertThat(files()).isEmpty();
  }

  /// Files of long elements, of this process's arenas.
  private static List<Path> files() throws IOException {
    String mine = "telar-" + "[^/]*" + ProcessHandle.current().pid() + "[^/]*";
    try (Stream<Path> all = Files.walk(Path.of("/dev/shm"), 4)) {
      return all.filter(path -> path.toString().matches(".*/[^/]*telar.*"))
          .filter(path -> path.getFileName().toString().startsWith("e-"))
          .filter(path -> path.toString().contains("" + ProcessHandle.current().pid()))
          .toList();
    } catch (java.io.UncheckedIOException e) {
      return files(); // somebody else's directory went away meanwhile
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyElementReachesExactlyOneTakerInTheOrderOfItsProducer(Mode mode) throws Exception {
    SharedQueue<From> queue = shared.queue(Integer.MAX_VALUE, 16 << 10);
    int each = 20_000;
    try (var pool = mode.pool(4)) {
      var producers = new ArrayList<TaskFuture<Integer>>();
      for (int i = 0; i < 2; i++) {
        int producer = i;
        producers.add(
            pool.submit(
                () -> {
                  for (int n = 0; n < each; n++) {
                    queue.put(new From(producer, n));
                  }
                  return 0;
                }));
      }
      var consumers = new ArrayList<TaskFuture<List<From>>>();
      for (int i = 0; i < 2; i++) {
        consumers.add(
            pool.submit(
                () -> {
                  var taken = new ArrayList<From>();
                  for (From next; (next = queue.next()) != null; ) {
                    taken.add(next);
                  }
                  return taken;
                }));
      }
      for (var producer : producers) {
        producer.get();
      }
      queue.close();
      var all = new ArrayList<From>();
      for (var consumer : consumers) {
        Map<Integer, Integer> last = new HashMap<>();
        for (From from : consumer.get()) {
          assertThat(from.number()).isGreaterThan(last.getOrDefault(from.producer(), -1));
          last.put(from.producer(), from.number());
          all.add(from);
        }
      }
      assertThat(all).hasSize(2 * each).doesNotHaveDuplicates();
    }
  }

  @Test
  void aThousandVirtualThreadsTakeWhatOneWorkerPuts() throws Exception {
    SharedQueue<Integer> queue = shared.queue();
    try (var pool = Pool.processes(1);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> takers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        takers.add(threads.submit(queue::take));
      }
      pool.submit(
          () -> {
            for (int i = 0; i < 1000; i++) {
              queue.put(i);
            }
          });
      var taken = new ArrayList<Integer>();
      for (Future<Integer> each : takers) {
        taken.add(each.get(40, SECONDS));
      }
      assertThat(taken).doesNotHaveDuplicates().hasSize(1000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingLetsTakersDrainAndEndsEveryWait(Mode mode) throws Exception {
    SharedQueue<Integer> full = shared.queue(1);
    full.put(1);
    SharedQueue<Integer> empty = shared.queue();
    try (var pool = mode.pool(2)) {
      SharedLong started = shared.longValue(0);
      TaskFuture<String> putter =
          pool.submit(
              () -> {
                started.incrementAndGet();
                return failure(() -> full.put(2));
              });
      TaskFuture<String> taker =
          pool.submit(
              () -> {
                started.incrementAndGet();
                return failure(empty::take);
              });
      await().until(() -> started.get() == 2);
      full.close();
      empty.close();
      assertThat(putter.get()).startsWith("QueueClosedException");
      assertThat(taker.get()).startsWith("QueueClosedException");
    }
    assertThat(full.isClosed()).isTrue();
    assertThat(full.take()).isEqualTo(1);
    assertThat(full.next()).isNull();
    assertThatThrownBy(full::poll).isInstanceOf(QueueClosedException.class);
    assertThatThrownBy(() -> full.offer(3)).isInstanceOf(QueueClosedException.class);
  }

  private interface Step {
    Object run() throws Exception;
  }

  private interface Move {
    void run() throws Exception;
  }

  private static String failure(Step step) {
    try {
      return "no failure: " + step.run();
    } catch (Exception e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private static String failure(Move move) {
    return failure(
        () -> {
          move.run();
          return "";
        });
  }

  @Test
  void closingTheSharedEndsEveryWaitToo() throws Exception {
    SharedQueue<Integer> queue = shared.queue();
    try (var pool = Pool.processes(1);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SharedLong started = shared.longValue(0);
      TaskFuture<String> there =
          pool.submit(
              () -> {
                started.incrementAndGet();
                return failure(queue::take);
              });
      Future<String> here = threads.submit(() -> failure(queue::take));
      await().until(() -> started.get() == 1);
      shared.close();
      assertThat(there.get()).startsWith("SharedClosedException");
      assertThat(here.get()).startsWith("SharedClosedException");
    }
  }

  @Test
  void whatCannotTravelOrBeReadIsAnErrorOfWhoeverCausesItAndTheQueueGoesOn() throws Exception {
    SharedQueue<Object> queue = shared.queue();
    assertThatThrownBy(() -> queue.put(List.of(new Socket())))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.net.Socket");
    queue.put(new Fault.WhenRead(Fault.EXCEPTION));
    queue.put("next");
    assertThatThrownBy(queue::take)
        .isInstanceOf(UnreadableElementException.class)
        .hasMessageContaining("struck");
    assertThat(queue.take()).isEqualTo("next");
  }

  @Test
  void joinWaitsUntilAllIsDoneAndNotForTheDead() throws Exception {
    SharedQueue<Integer> queue = shared.queue();
    assertThat(queue.join(Duration.ZERO)).isTrue();
    assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    queue.put(1);
    queue.put(2);
    assertThat(queue.join(Duration.ofMillis(10))).isFalse();
    queue.take();
    queue.taskDone();
    assertThat(queue.join(Duration.ofMillis(10))).isFalse();
    try (var pool = Pool.processes(1)) {
      TaskFuture<Integer> dying =
          pool.submit(
              () -> {
                queue.take();
                Fault.KILL.strike();
                return 0;
              });
      assertThat(queue.join(Duration.ofSeconds(40))).isTrue();
      assertThatThrownBy(dying::get).hasCauseInstanceOf(WorkerCrashedException.class);
      queue.put(3);
      pool.submit(
          () -> {
            queue.take();
            queue.taskDone();
          });
      queue.join();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FUTEX, ring.put.written, 0", "PARK, ring.put.written, 500",
    "FUTEX, ring.put.committed, 500", "PARK, ring.put.committed, 0",
    "FUTEX, ring.put.signalled, 7", "PARK, ring.put.signalled, 7",
    "FUTEX, lock.acquired, 9", "PARK, lock.released, 9",
    "FUTEX, ring.overflow.created, 3", "PARK, ring.overflow.written, 3",
  })
  void aProducerThatIsKilledLosesNothingThatItHadPut(Mode mode, String label, int after)
      throws Exception {
    SharedQueue<byte[]> queue = shared.queue(Integer.MAX_VALUE, 4096);
    SharedLong completed = shared.longValue(0);
    boolean large = label.contains("overflow");
    String[] options =
        Stream.concat(
                Arrays.stream(DieAt.options(label)), Stream.of("-Dtelar.test.dieAfter=" + after))
            .toArray(String[]::new);
    try (var pool = mode.pool(1, options)) {
      TaskFuture<Integer> dying =
          pool.submit(
              () -> {
                for (int i = 0; ; i++) {
                  byte[] element = new byte[large ? 3000 : 20];
                  element[0] = (byte) i;
                  queue.put(element);
                  completed.incrementAndGet();
                }
              });
      int taken = 0;
      while (!dying.isDone() || !queue.isEmpty()) {
        byte[] next = queue.poll(50, MILLISECONDS);
        if (next != null) {
          assertThat(next[0]).isEqualTo((byte) taken);
          taken++;
        }
      }
      assertThatThrownBy(dying::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(WorkerCrashedException.class);
      assertThat((long) taken).isBetween(completed.get(), completed.get() + 1);
    }
    queue.put(new byte[3000]); // goes on, and finds what the dead left
    assertThat(files()).hasSize(1);
    assertThat(queue.take()).hasSize(3000);
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FUTEX, ring.take.copied, 0", "PARK, ring.take.copied, 500",
    "FUTEX, ring.take.accounted, 500", "PARK, ring.take.accounted, 0",
    "FUTEX, ring.take.committed, 7", "PARK, ring.take.committed, 7",
    "FUTEX, ring.take.signalled, 9", "PARK, ring.take.signalled, 9",
    "FUTEX, ring.overflow.deleted, 3", "PARK, wait.announced, 3",
  })
  void aConsumerThatIsKilledLosesOneElementAtMost(Mode mode, String label, int after)
      throws Exception {
    SharedQueue<byte[]> queue = shared.queue(Integer.MAX_VALUE, 8192);
    SharedLong completed = shared.longValue(0);
    boolean large = label.contains("overflow");
    String[] options =
        Stream.concat(
                Arrays.stream(DieAt.options(label)), Stream.of("-Dtelar.test.dieAfter=" + after))
            .toArray(String[]::new);
    try (var pool = mode.pool(1, options)) {
      TaskFuture<Integer> dying =
          pool.submit(
              () -> {
                while (true) {
                  queue.take();
                  completed.incrementAndGet();
                }
              });
      int put = 0;
      while (!dying.isDone()) {
        byte[] element = new byte[large ? 6000 : 20];
        element[0] = (byte) put;
        if (queue.offer(element, 50, MILLISECONDS)) {
          put++;
        }
      }
      assertThatThrownBy(dying::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(WorkerCrashedException.class);
      int left = queue.size();
      assertThat((long) put - left).isBetween(completed.get(), completed.get() + 1);
      for (int i = put - left; i < put; i++) {
        assertThat(queue.take()[0]).isEqualTo((byte) i);
        queue.taskDone();
      }
      queue.join();
    }
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void manyKilledProducersLeaveAQueueInOrder(int seed) throws Exception {
    SharedQueue<From> queue = shared.queue(Integer.MAX_VALUE, 4096);
    SharedLong completed = shared.longValue(0);
    var random = new java.util.Random(seed);
    try (var pool = Pool.processes(2)) {
      var tasks = new ArrayList<TaskFuture<Integer>>();
      for (int i = 0; i < 12; i++) {
        int producer = i;
        int last = 100 + random.nextInt(400);
        tasks.add(
            pool.submit(
                () -> {
                  for (int n = 0; n < last; n++) {
                    queue.put(new From(producer, n));
                    completed.incrementAndGet();
                  }
                  ProcessHandle.current().pid();
                  Fault.KILL.strike();
                  return 0;
                }));
      }
      var next = new HashMap<Integer, Integer>();
      while (tasks.stream().anyMatch(task -> !task.isDone()) || !queue.isEmpty()) {
        From from = queue.poll(50, MILLISECONDS);
        if (from != null) {
          assertThat(from.number()).isEqualTo(next.merge(from.producer(), 1, Integer::sum) - 1);
        }
      }
      int total = next.values().stream().mapToInt(n -> n).sum();
      assertThat((long) total).isEqualTo(completed.get());
    }
  }

  @Test
  void anInterruptEndsAWaitAndTakesNothing() throws Exception {
    SharedQueue<Integer> queue = shared.queue(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
    Thread taker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    queue.take();
                  } catch (InterruptedException e) {
                    // as it should
                  }
                });
    await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
    taker.interrupt();
    taker.join();
    queue.put(1);
    assertThat(queue.take()).isEqualTo(1);
    Thread.currentThread().interrupt();
    assertThat(queue.offer(2)).as("not waited").isTrue();
    assertThat(queue.poll()).isEqualTo(2);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void itsUseOfMemoryIsCheckedWhenItIsMade() {
    assertThatThrownBy(() -> shared.queue(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> shared.queue(1, 1L << 40))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(shared.queue(5, 5000).capacityBytes()).isEqualTo(8192);
    assertThat(IntStream.range(0, 3).mapToObj(i -> shared.queue()).distinct()).hasSize(3);
  }
}
