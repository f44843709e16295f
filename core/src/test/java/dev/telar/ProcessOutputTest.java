package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tasks print.
class ProcessOutputTest {

  @TempDir Path folder;

  /// One line that a worker printed.
  private record Line(String worker, boolean error, String text) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();

  private ProcessPoolBuilder builder() {
    return ProcessPool.builder()
        .workers(1)
        .outputHandler((worker, error, line) -> lines.add(new Line(worker, error, line)));
  }

  private List<String> texts() {
    return lines.stream().map(Line::text).toList();
  }

  @Test
  void whatATaskPrintedIsThereBeforeItsFutureCompletes() throws Exception {
    try (var pool = builder().build()) {
      for (int i = 0; i < 200; i++) {
        int number = i;
        pool.submit(() -> System.out.println("line " + number)).get();
        assertThat(texts()).hasSize(i + 1).last().isEqualTo("line " + i);
      }
    }
  }

  @Test
  void aLineWithoutItsEndIsThereToo() throws Exception {
    try (var pool = builder().build()) {
      pool.submit(() -> System.out.print("no newline")).get();
      assertThat(texts()).containsExactly("no newline");
      pool.submit(() -> System.err.print("nor here")).get();
      assertThat(texts()).containsExactly("no newline", "nor here");
      assertThat(lines.get(0).error()).isFalse();
      assertThat(lines.get(1).error()).isTrue();
    }
  }

  @Test
  void theLastWordsOfADyingWorkerAreThere() {
    try (var pool = builder().build()) {
      TaskFuture<Void> future =
          pool.submit(
              () -> {
                System.out.print("last words");
                System.err.println("first complaint");
                System.err.print("last complaint");
                Runtime.getRuntime().halt(9);
              });
      Throwable crash = PoolContract.failure(future::get);
      assertThat(texts()).contains("last words", "first complaint", "last complaint");
      assertThat(crash)
          .isInstanceOfSatisfying(
              WorkerCrashedException.class,
              e -> {
                assertThat(e.lastErrorLines()).containsExactly("first complaint", "last complaint");
                assertThat(e.exitCode()).hasValue(9);
                assertThat(e.signal()).isEmpty();
                assertThat(e.getMessage()).contains("last complaint");
              });
    }
  }

  @Test
  void muchOutputComesWholeAndInOrder() throws Exception {
    try (var pool = builder().build()) {
      pool.submit(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  System.out.println("row " + i + " ñ€😀");
                }
              })
          .get();
      assertThat(texts())
          .isEqualTo(IntStream.range(0, 20_000).mapToObj(i -> "row " + i + " ñ€😀").toList());
    }
  }

  @Test
  void aVeryLongLineComesInPieces() throws Exception {
    try (var pool = builder().build()) {
      pool.submit(() -> System.out.println("x".repeat(200_000))).get();
      assertThat(String.join("", texts())).isEqualTo("x".repeat(200_000));
      assertThat(texts()).allMatch(text -> text.length() <= 65_536);
    }
  }

  @Test
  void theFunctionOfAMapPrintsToo() {
    try (var pool = builder().build()) {
      pool.map(
          x -> {
            System.out.println("item " + x);
            return x;
          },
          List.of(1, 2, 3));
      assertThat(texts()).containsExactly("item 1", "item 2", "item 3");
    }
  }

  @Test
  void withoutAHandlerLinesComeOutOfTheParent() throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var bytes = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try (var pool = Pool.processes(1)) {
      pool.submit(
              () -> {
                System.out.println("to out");
                System.err.println("to err");
              })
          .get();
      assertThat(bytes.toString(StandardCharsets.UTF_8))
          .isEqualTo("to out" + System.lineSeparator());
      assertThat(errors.toString(StandardCharsets.UTF_8))
          .isEqualTo("to err" + System.lineSeparator());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void aHandlerThatThrowsDisturbsNobody() throws Exception {
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .outputHandler(
                (worker, error, line) -> {
                  lines.add(new Line(worker, error, line));
                  throw new IllegalStateException("handler");
                })
            .build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(pool.submit(ProcessOutputTest::printOne).get(20, SECONDS)).isEqualTo(1);
      }
      assertThat(lines).hasSize(3);
    }
  }

  private static int printOne() {
    System.out.println("one");
    return 1;
  }

  @Test
  void aHandlerThatBlocksDelaysOnlyItsOwnWorkerAndNotForEver() throws Exception {
    var released = new CountDownLatch(1);
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .outputHandler(
                (worker, error, line) -> {
                  try {
                    released.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build()) {
      assertThat(pool.submit(ProcessOutputTest::printOne).get(30, SECONDS)).isEqualTo(1);
      released.countDown();
    }
  }

  @Test
  void whatAGrandchildPrintsComesToo() throws Exception {
    try (var pool = builder().build()) {
      pool.submit(() -> new ProcessBuilder("echo", "grandchild").inheritIO().start().waitFor())
          .get();
      // The worker has not counted it, so the task's end does not wait for it.
      await().untilAsserted(() -> assertThat(texts()).containsExactly("grandchild"));
    }
  }

  @Test
  void aGrandchildThatHoldsThePipeDelaysNobody() throws Exception {
    Mark started = Mark.in(folder, "started");
    Callable<Integer> sleeper =
        Task.of(
            () -> {
              new ProcessBuilder("sleep", "300").inheritIO().start();
              System.out.println("left behind");
              started.set();
              return 5;
            });
    long start = System.nanoTime();
    try (var pool = builder().build()) {
      assertThat(pool.submit(sleeper).get(20, SECONDS)).isEqualTo(5);
      assertThat(texts()).containsExactly("left behind");
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    await().atMost(10, SECONDS).until(() -> ProcessHandle.current().descendants().count() == 0);
  }

  @Test
  void aWorkerThatDiesWhileAGrandchildHoldsItsPipeDelaysNobody() throws Exception {
    try (var pool = builder().build()) {
      TaskFuture<Void> future =
          pool.submit(
              () -> {
                new ProcessBuilder("sleep", "300").inheritIO().start();
                Runtime.getRuntime().halt(1);
              });
      assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    }
  }

  /// Prints through a process pool to its own console.
  static final class Printing {
    public static void main(String[] args) throws Exception {
      try (var pool = Pool.processes(1)) {
        pool.submit(() -> System.out.println("¡hola, ñandú!")).get();
        System.out.println("after");
      }
    }
  }

  @Test
  void nothingOfTelarsIsOnTheConsole() {
    try (var program =
        JavaProgram.start(
            List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"),
            List.of(),
            Printing.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out().lines()).containsExactly("¡hola, ñandú!", "after");
      assertThat(outcome.exitCode()).isZero();
    }
  }
}
