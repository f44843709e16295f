package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large arguments and results of tasks in processes, which go through shared files by themselves.
class LargeValuesTest {
  private static final int LARGE = 300_000;

  private static double[] numbers(int seed) {
    return IntStream.range(0, LARGE).mapToDouble(i -> i + seed).toArray();
  }

  /// The files of large values of this JVM's pools and their workers.
  private static List<Path> files() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains("-b") || line.contains("/b"))
          .filter(line -> line.contains("/telar-"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .filter(path -> path.getFileName().toString().matches("(w[0-9]+-)?b[0-9]+"))
          .toList();
    }
  }

  @Test
  void aTaskGetsALargeArrayAndReturnsOne() throws Exception {
    try (var pool = Pool.processes(1)) {
      for (int round = 0; round < 5; round++) {
        double[] numbers = numbers(round);
        double[] negated =
            pool.submit(() -> Arrays.stream(numbers).map(x -> -x).toArray()).get(30, SECONDS);
        assertThat(negated[LARGE - 1]).isEqualTo(-numbers[LARGE - 1]);
        assertThat(negated[1]).isEqualTo(-numbers[1]);
      }
      assertThat(files()).as("one there, one back, used again").hasSize(2);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatArrivesIsACopy() throws Exception {
    try (var pool = Pool.processes(1)) {
      double[] numbers = numbers(0);
      pool.submit(() -> Arrays.fill(numbers, 7)).get(30, SECONDS);
      assertThat(numbers[3]).isEqualTo(3);
      MemorySegment outside = Arena.ofAuto().allocate(1 << 20);
      ByteBuffer direct = ByteBuffer.allocateDirect(1 << 20);
      byte seen =
          pool.submit(
                  () -> {
                    outside.fill((byte) 1);
                    direct.put(0, (byte) 2);
                    return (byte) (outside.get(ValueLayout.JAVA_BYTE, 0) + direct.get(0));
                  })
              .get(30, SECONDS);
      assertThat(seen).isEqualTo((byte) 3);
      assertThat(outside.get(ValueLayout.JAVA_BYTE, 0)).isZero();
      assertThat(direct.get(0)).isZero();
    }
  }

  @Test
  void itemsAndResultsOfAMapMayAllBeLarge() {
    try (var pool = Pool.processes(2)) {
      List<double[]> items = IntStream.range(0, 40).mapToObj(LargeValuesTest::numbers).toList();
      double[] offset = numbers(1000); // captured by the function, which travels once
      List<double[]> results =
          pool.map(
              item -> IntStream.range(0, LARGE).mapToDouble(i -> item[i] + offset[i]).toArray(),
              items);
      for (int i = 0; i < 40; i++) {
        assertThat(results.get(i)[LARGE - 1]).isEqualTo(2.0 * (LARGE - 1) + i + 1000);
      }
    }
  }

  @Test
  void aTaskThatIsTriedAgainGetsTheSameArray(@TempDir Path folder) throws Exception {
    Path mark = folder.resolve("tried");
    try (var pool = Pool.processes(2)) {
      double[] numbers = numbers(5);
      var others = new ArrayList<TaskFuture<Double>>();
      TaskFuture<Double> tried =
          pool.with(TaskOptions.defaults().retries(1))
              .submit(
                  () -> {
                    if (Files.notExists(mark)) {
                      Files.createFile(mark);
                      Runtime.getRuntime().halt(9);
                    }
                    return Arrays.stream(numbers).sum();
                  });
      for (int i = 0; i < 20; i++) { // which would overwrite it, were it given back too soon
        double[] other = numbers(-i);
        others.add(pool.submit(() -> other[LARGE - 1]));
      }
      assertThat(tried.get(30, SECONDS)).isEqualTo(Arrays.stream(numbers).sum());
      for (int i = 0; i < 20; i++) {
        assertThat(others.get(i).get(30, SECONDS)).isEqualTo(LARGE - 1.0 - i);
      }
    }
  }

  @Test
  void aResultOutlivesTheWorkerThatSentIt() throws Exception {
    var death = new CompletableFuture<ProcessHandle>();
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .outputHandler((worker, error, line) -> death.join())
            .build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      TaskFuture<double[]> result =
          pool.submit(
              () -> {
                System.out.println("the parent reads on when this process is dead");
                return numbers(3);
              });
      ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
      // it has nothing more to do: its result is in the socket
      await().until(() -> files(pid).stream().anyMatch(LargeValuesTest::isFilled));
      pool.submit(() -> Runtime.getRuntime().halt(1));
      worker.onExit().get(20, SECONDS);
      death.complete(worker);
      assertThat(result.get(30, SECONDS)).isEqualTo(numbers(3));
    }
    assertThat(files()).isEmpty();
  }

  private static List<Path> files(long pid) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
      return maps.filter(line -> line.matches(".*/w[0-9]+-b[0-9]+"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .toList();
    }
  }

  private static boolean isFilled(Path file) {
    try (var channel = Files.newByteChannel(file)) {
      var last = ByteBuffer.allocate(8);
      channel.position(4096 + 8L * (LARGE - 1)).read(last);
      return last.flip().getLong() != 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aResultWaitsForItsReaderThoughItsSenderCollectsGarbage() throws Exception {
    try (var pool = Pool.processes(1);
        var results =
            pool.stream(
                n -> {
                  System.gc(); // forgets what was sent for the item before
                  return numbers(n);
                },
                IntStream.range(0, 6).boxed().toList())) {
      int[] at = {0};
      results.forEach(numbers -> assertThat(numbers[LARGE - 1]).isEqualTo(LARGE - 1.0 + at[0]++));
      assertThat(at[0]).isEqualTo(6);
    }
  }

  @Test
  void aTaskThatNeverRunsGivesItsMemoryBack() throws Exception {
    var pool = Pool.processes(1);
    TaskFuture<?> blocker = pool.submit(() -> Thread.sleep(60_000));
    await().until(() -> !pool.pids().isEmpty());
    List<TaskFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      double[] numbers = numbers(i);
      waiting.add(pool.submit(() -> numbers[0]));
    }
    waiting.forEach(future -> future.cancel(false));
    int before = files().size();
    for (int i = 0; i < 10; i++) {
      double[] numbers = numbers(i);
      waiting.add(pool.submit(() -> numbers[0]));
    }
    assertThat(files()).as("those of the cancelled tasks were used again").hasSize(before);
    assertThat(blocker.isDone()).isFalse();
    pool.shutdownNow();
    assertThat(pool.awaitTermination(30, SECONDS)).isTrue();
    assertThat(files()).isEmpty();
  }

  static final class Carrier extends Exception {
    final double[] numbers = numbers(1);
  }

  @Test
  void aLargeArrayInAnExceptionArrives() {
    try (var pool = Pool.processes(1)) {
      assertThatThrownBy(
              () ->
                  pool.submit(
                          () -> {
                            throw new Carrier();
                          })
                      .get(30, SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(Carrier.class, e -> assertThat(e.numbers).isEqualTo(numbers(1)));
    }
  }

  @Test
  void resultsThatNobodyTakesGiveTheirMemoryBack() throws Exception {
    try (var pool = Pool.processes(1)) {
      for (int i = 0; i < 30; i++) {
        TaskFuture<double[]> future = pool.submit(() -> numbers(1));
        future.cancel(false);
      }
      assertThat(pool.submit(() -> numbers(2)).get(30, SECONDS)).isEqualTo(numbers(2));
      assertThat(files()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void workersThatAreKilledAllTheTimeCostNoValueAndNoFile() throws Exception {
    try (var pool = Pool.processes(2)) {
      var futures = new ArrayList<TaskFuture<double[]>>();
      for (int i = 0; i < 60; i++) {
        double[] numbers = numbers(i);
        boolean dies = i % 10 == 9;
        futures.add(
            pool.submit(
                () -> {
                  if (dies) {
                    Runtime.getRuntime().halt(1);
                  }
                  return numbers;
                }));
      }
      for (int i = 0; i < 60; i++) {
        TaskFuture<double[]> future = futures.get(i);
        if (i % 10 == 9) {
          assertThatThrownBy(() -> future.get(60, SECONDS))
              .hasCauseInstanceOf(WorkerCrashedException.class);
        } else {
          assertThat(future.get(60, SECONDS)).isEqualTo(numbers(i));
        }
      }
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty());
  }
}
