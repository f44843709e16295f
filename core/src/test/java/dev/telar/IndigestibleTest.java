package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.testing.Compilation;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a worker or its parent cannot take in costs one task, and nobody waits for it for ever.
class IndigestibleTest {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  private static void assertWorks(Pool pool) throws Exception {
    assertThat(pool.submit(() -> 42).get(20, SECONDS)).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anArgumentThatNoWorkerHasMemoryForUsesUpAFewWorkersAndThenFails(int threads)
      throws Exception {
    Tally starts = Tally.in(folder, "starts");
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .threadsPerWorker(threads)
            .maxHeap("24m")
            .outputHandler((worker, error, line) -> {}) // a stack trace each
            .initializer(() -> starts.add("x"))
            .build()) {
      byte[] big = new byte[64 * MEBIBYTE];
      TaskFuture<Integer> future = pool.submit(() -> big.length);
      assertThat(PoolContract.failure(() -> future.get(30, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      assertThat(starts.count()).isLessThanOrEqualTo(4);
      assertWorks(pool);
    }
  }

  /// Chunks of strings that together do not fit into this JVM, then a string whose message alone
  /// does not.
  static final class LittleMemory {
    public static void main(String[] args) throws Exception {
      try (var pool = Pool.processes(1)) {
        var chunked = pool.with(TaskOptions.defaults().chunkSize(100));
        String big = "x".repeat(2 * MEBIBYTE);
        var lengths = chunked.map(String::length, Collections.nCopies(40, big));
        System.out.println("lengths " + lengths.stream().distinct().toList());
        String tooBig = "x".repeat(30 * MEBIBYTE);
        try {
          System.out.println("too big: " + chunked.map(String::length, List.of(tooBig)));
        } catch (Throwable e) {
          System.out.println("too big: error");
        }
        System.out.println("then " + pool.submit(() -> 1).get(20, SECONDS));
      }
    }
  }

  @Test
  void stringsThatDoNotFitIntoTheParentTogetherTravelOneByOneAndATooLargeOneCostsNoSlot() {
    try (var program = JavaProgram.start(List.of("-Xmx56m"), List.of(), LittleMemory.class)) {
      assertThat(program.await())
          .satisfies(
              outcome -> {
                assertThat(outcome.out()).contains("lengths [2097152]", "too big: error", "then 1");
                assertThat(outcome.exitCode()).isZero();
              });
    }
  }

  /// An exception that nobody can read before the test has ended.
  static final class Unreadable extends RuntimeException {
    static final CountDownLatch TEST_ENDS = new CountDownLatch(1);

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      try {
        TEST_ENDS.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void theExceptionOfAnInitializerThatCannotBeReadKeepsNobodyWaiting() throws Exception {
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .initializer(
                () -> {
                  throw new Unreadable();
                })
            .build()) {
      TaskFuture<Integer> future = pool.submit(() -> 1);
      assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
          .isInstanceOf(WorkerStartException.class);
      pool.shutdownNow();
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    } finally {
      Unreadable.TEST_ENDS.countDown();
    }
  }

  /// Runs something with a context class loader that a task takes along.
  private static <T> TaskFuture<T> submitWith(ClassLoader context, Pool pool, Task<T> task) {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    current.setContextClassLoader(context);
    try {
      return pool.submit(task);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  @Test
  void anErrorOfTheUsersClassLoaderIsAClassThatIsNotFound() throws Exception {
    var broken =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            throw new AssertionError("the user's loader");
          }
        };
    try (var pool = Pool.processes(1)) {
      TaskFuture<Boolean> future =
          submitWith(
              broken,
              pool,
              () -> {
                try {
                  Class.forName(
                      "no.such.Thing", false, Thread.currentThread().getContextClassLoader());
                  return true;
                } catch (ClassNotFoundException e) {
                  return false;
                }
              });
      assertThat(future.get(20, SECONDS)).isFalse();
      assertWorks(pool);
    }
  }

  @Test
  void aResourceThatAWorkerHasNoMemoryForEndsTheWorkerInsteadOfMakingItDeaf() throws Exception {
    var big =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            byte[] bytes = new byte[name.equals("big") ? 64 * MEBIBYTE : 0];
            return bytes.length == 0 ? null : new ByteArrayInputStream(bytes);
          }
        };
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .maxHeap("24m")
            .outputHandler((worker, error, line) -> {})
            .build()) {
      TaskFuture<Integer> future =
          submitWith(
              big,
              pool,
              () -> {
                var loader = Thread.currentThread().getContextClassLoader();
                try (InputStream in = loader.getResourceAsStream("big")) {
                  return in == null ? 0 : in.readAllBytes().length;
                }
              });
      assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class);
      assertWorks(pool);
    }
  }

  private static final String ADDER =
      """
      import dev.telar.Pair;
      import dev.telar.Pool;
      import dev.telar.Triple;
      import java.util.List;

      public class Adder {
        static int add(int a, int b) { return a + b; }

        public static List<Integer> add(Pool pool) {
          var results = new java.util.ArrayList<Integer>();
          results.addAll(pool.starmap((Integer a, Integer b) -> a + b, List.of(new Pair<>(1, 2))));
          results.addAll(pool.starmap(Adder::add, List.of(new Pair<>(3, 4))));
          results.addAll(pool.map((Integer a, Integer b) -> a * b, List.of(5), List.of(6)));
          return results;
        }
      }
      """;

  @Test
  void functionsOfSeveralArgumentsAreShippedFromTheirOwnClassLoader() throws Exception {
    Map<String, byte[]> classes = Compilation.of("Adder", ADDER).classesOrError();
    for (var entry : classes.entrySet()) {
      Files.write(folder.resolve(entry.getKey() + ".class"), entry.getValue());
    }
    var urls = new java.net.URL[] {folder.toUri().toURL()};
    try (var loader = new java.net.URLClassLoader(urls, getClass().getClassLoader());
        var pool = Pool.processes(1)) {
      Object results = loader.loadClass("Adder").getMethod("add", Pool.class).invoke(null, pool);
      assertThat(results).isEqualTo(List.of(3, 7, 30));
    }
  }
}
