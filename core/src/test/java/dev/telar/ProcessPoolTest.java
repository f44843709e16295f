package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The settings of a process pool, seen from inside its workers.
class ProcessPoolTest {

  @TempDir Path folder;

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  @Test
  void tasksRunInTheProcessesThatThePoolNames() throws Exception {
    try (var pool = Pool.processes(2)) {
      Tally started = Tally.in(folder, "started");
      Task<Long> meeting =
          () -> {
            started.add(pid());
            while (started.count() < 2) {
              Thread.sleep(1);
            }
            return pid();
          };
      var one = pool.submit(meeting);
      var two = pool.submit(meeting);
      List<Long> met = List.of(one.get(), two.get());
      assertThat(pool.pids()).containsExactlyInAnyOrderElementsOf(met);
      assertThat(pool.pids()).doesNotContain(pid());
      assertThat(pool.capabilities()).isEqualTo(new Capabilities(2, true, true, true, false, true));
    }
  }

  @Test
  void systemPropertiesEnvironmentDirectoryAndArgumentsReachTheWorkers() throws Exception {
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .name("weavers")
            .systemProperty("telar.test", "a b\"c\\d")
            .environment("TELAR_TEST", "value with spaces")
            .directory(folder)
            .jvmArgs("-Dtelar.arg=from the arguments", "-ea")
            .build()) {
      assertThat(pool.submit(() -> System.getProperty("telar.test")).get()).isEqualTo("a b\"c\\d");
      assertThat(pool.submit(() -> System.getenv("TELAR_TEST")).get())
          .isEqualTo("value with spaces");
      assertThat(pool.submit(() -> System.getenv("PATH")).get()).isEqualTo(System.getenv("PATH"));
      assertThat(pool.submit(() -> System.getProperty("telar.arg")).get())
          .isEqualTo("from the arguments");
      assertThat(Path.of(pool.submit(() -> System.getProperty("user.dir")).get()).toRealPath())
          .isEqualTo(folder.toRealPath());
      assertThat(pool.config().name()).isEqualTo("weavers");
      assertThat(pool.submit(() -> 1).name()).contains("weavers");
    }
  }

  @Test
  void theHeapIsBounded() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).maxHeap("40m").build()) {
      long max = pool.submit(() -> Runtime.getRuntime().maxMemory()).get();
      assertThat(max).isBetween(30L << 20, 44L << 20);
      TaskFuture<Integer> tooMuch = pool.submit(() -> new byte[200 << 20].length);
      assertThat(PoolContract.failure(tooMuch::get)).isInstanceOf(TaskOutOfMemoryException.class);
      assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }
  }

  @Test
  void withoutABoundAllHeapsTogetherFitTheMachine() throws Exception {
    try (var pool = Pool.processes(2)) {
      long each = pool.submit(() -> Runtime.getRuntime().maxMemory()).get();
      long machine =
          ((com.sun.management.OperatingSystemMXBean)
                  java.lang.management.ManagementFactory.getOperatingSystemMXBean())
              .getTotalMemorySize();
      assertThat(2 * each + Runtime.getRuntime().maxMemory()).isLessThan(machine);
    }
  }

  @Test
  void localeTimeZoneAndEncodingAreTheParents() throws Exception {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Locale.setDefault(Locale.forLanguageTag("es-MX"));
    TimeZone.setDefault(TimeZone.getTimeZone("America/Mexico_City"));
    try (var pool = Pool.processes(1)) {
      assertThat(pool.submit(() -> Locale.getDefault().toLanguageTag()).get()).isEqualTo("es-MX");
      assertThat(pool.submit(() -> TimeZone.getDefault().getID()).get())
          .isEqualTo("America/Mexico_City");
      assertThat(pool.submit(() -> Charset.defaultCharset().name()).get())
          .isEqualTo(Charset.defaultCharset().name());
      assertThat(pool.submit(() -> System.getProperty("java.home")).get())
          .isEqualTo(System.getProperty("java.home"));
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void standardInputIsEmpty() throws Exception {
    try (var pool = Pool.processes(1)) {
      assertThat(pool.submit(() -> System.in.read()).get(20, SECONDS)).isEqualTo(-1);
    }
  }

  @Test
  void theClassPathCanBeExtended() throws Exception {
    Files.writeString(folder.resolve("only-in-workers.txt"), "found");
    try (var pool = ProcessPool.builder().workers(1).classPath(folder).build()) {
      assertThat(
              pool.submit(
                      () ->
                          new String(
                              ClassLoader.getSystemResourceAsStream("only-in-workers.txt")
                                  .readAllBytes()))
                  .get())
          .isEqualTo("found");
    }
  }

  @Test
  void workersAreRecycledAfterTheirTasks() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).tasksPerWorker(3).build()) {
      Set<Long> pids = new HashSet<>();
      for (int i = 0; i < 12; i++) {
        pids.add(pool.submit(ProcessPoolTest::pid).get());
      }
      assertThat(pids).hasSizeBetween(3, 5);
    }
  }

  @Test
  void recyclingLosesNoTask() {
    try (var pool = ProcessPool.builder().workers(2).tasksPerWorker(5).build()) {
      var futures = IntStream.range(0, 60).mapToObj(i -> pool.submit(() -> i)).toList();
      for (int i = 0; i < 60; i++) {
        assertThat(futures.get(i).join()).isEqualTo(i);
      }
    }
  }

  @Test
  void anIdleWorkerEndsAndTheNextTaskStartsOneAgain() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).idleTimeout(Duration.ofMillis(100)).build()) {
      long first = pool.submit(ProcessPoolTest::pid).get();
      await().atMost(20, SECONDS).until(() -> pool.pids().isEmpty());
      await()
          .atMost(20, SECONDS)
          .until(() -> ProcessHandle.of(first).filter(ProcessHandle::isAlive).isEmpty());
      assertThat(pool.submit(ProcessPoolTest::pid).get(20, SECONDS)).isNotEqualTo(first);
    }
  }

  @Test
  void severalThreadsRunTasksInsideOneWorker() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).threadsPerWorker(3).build()) {
      Tally started = Tally.in(folder, "started");
      Task<Long> meeting =
          () -> {
            started.add(Thread.currentThread());
            while (started.count() < 3) {
              Thread.sleep(1);
            }
            return pid();
          };
      var futures = IntStream.range(0, 3).mapToObj(i -> pool.submit(meeting)).toList();
      Set<Long> pids = new HashSet<>();
      for (var future : futures) {
        pids.add(future.get(20, SECONDS));
      }
      assertThat(pids).hasSize(1);
      assertThat(new HashSet<>(started.lines())).hasSize(3);
      assertThat(pool.capabilities().parallelism()).isEqualTo(3);
    }
  }

  @Test
  void staticStateLivesAsLongAsItsWorker() throws Exception {
    try (var pool = Pool.processes(1)) {
      assertThat(pool.submit(() -> Counter.next()).get()).isEqualTo(1);
      assertThat(pool.submit(() -> Counter.next()).get()).isEqualTo(2);
      assertThat(Counter.count).isZero();
    }
  }

  private static final class Counter {
    static int count;

    static int next() {
      return ++count;
    }
  }

  @Test
  void aTaskThatIgnoresInterruptionIsKilledAndTheWorkerReplaced() throws Exception {
    Mark started = Mark.in(folder, "started");
    Mark never = Mark.in(folder, "never");
    try (var pool = ProcessPool.builder().workers(1).grace(Duration.ofMillis(50)).build()) {
      long before = pool.submit(ProcessPoolTest::pid).get();
      TaskFuture<Void> stubborn =
          pool.submit(
              () -> {
                started.set();
                never.awaitStubbornly();
              });
      started.await();
      stubborn.cancel(true);
      assertThat(pool.submit(ProcessPoolTest::pid).get(20, SECONDS)).isNotEqualTo(before);
      await().until(() -> ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aTaskOverItsTimeoutThatIgnoresInterruptionIsKilled() throws Exception {
    Mark never = Mark.in(folder, "never");
    try (var pool = ProcessPool.builder().workers(1).grace(Duration.ofMillis(50)).build()) {
      TaskFuture<Void> stubborn =
          pool.with(TaskOptions.defaults().timeout(Duration.ofMillis(100)))
              .submit(() -> never.awaitStubbornly());
      assertThat(PoolContract.failure(() -> stubborn.get(20, SECONDS)))
          .isInstanceOf(TaskTimeoutException.class);
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void cancelledTasksThatListenDoNotCostTheirWorker() throws Exception {
    Mark started = Mark.in(folder, "started");
    Mark interrupted = Mark.in(folder, "interrupted");
    try (var pool = Pool.processes(1)) {
      long before = pool.submit(ProcessPoolTest::pid).get();
      TaskFuture<Void> polite = pool.submit(() -> started.setAndWaitFor(interrupted));
      started.await();
      polite.cancel(true);
      assertThat(pool.submit(ProcessPoolTest::pid).get(20, SECONDS)).isEqualTo(before);
      assertThat(interrupted.isSet()).isTrue();
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    var builder = ProcessPool.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> Pool.processes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Pool.threads(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.threadsPerWorker(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.tasksPerWorker(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeap("much"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeap("1k"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.startTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.idleTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.grace(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.nesting(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessPool.builder().javaHome(folder.resolve("none")).build())
        .withMessageContaining("none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessPool.builder().directory(folder.resolve("nowhere")).build())
        .withMessageContaining("nowhere");
    Object local = new Object();
    assertThatThrownBy(() -> ProcessPool.builder().initializer(() -> local.hashCode()).build())
        .isInstanceOf(TaskNotSerializableException.class);
  }

  @Test
  void severalPoolsAreOpenAtOnce() throws Exception {
    try (var one = Pool.processes(1);
        var two = Pool.processes(1)) {
      assertThat(one.submit(ProcessPoolTest::pid).get())
          .isNotEqualTo(two.submit(ProcessPoolTest::pid).get());
      one.close();
      assertThat(two.submit(() -> 2).get()).isEqualTo(2);
    }
  }

  @Test
  void listOfPidsIsASnapshot() throws Exception {
    try (var pool = Pool.processes(1)) {
      pool.submit(() -> 1).get();
      List<Long> pids = pool.pids();
      pool.close();
      assertThat(pids).hasSize(1);
      assertThat(pool.pids()).isEmpty();
    }
  }
}
