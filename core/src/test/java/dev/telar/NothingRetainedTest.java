package dev.telar;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.JavaProgram;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is over is not kept.
class NothingRetainedTest {

  @Test
  void aTaskWithALongTimeLimitIsNotKeptForSoLong() throws Exception {
    try (var pool = Pool.threads(1)) {
      var limited = pool.with(TaskOptions.defaults().timeout(Duration.ofHours(1)));
      var results = new ArrayList<WeakReference<Object>>();
      for (int i = 0; i < 50; i++) {
        results.add(new WeakReference<>(limited.submit(Object::new).get()));
      }
      pool.submit(() -> 0).get(); // the slot lets go of the last
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(results).allSatisfy(result -> assertThat(result.get()).isNull());
              });
    }
  }

  /// Asks for a result that does not come, half a million times, in a small heap.
  static final class Polling {
    private static final int TIMES = 300_000;

    public static void main(String[] args) throws Exception {
      var end = new CountDownLatch(1);
      try (var pool = Pool.threads(1)) {
        TaskFuture<Void> future = pool.submit(() -> end.await());
        for (int i = 0; i < TIMES; i++) {
          switch (args[0]) {
            case "get" -> poll(future);
            case "await" -> Futures.await(List.of(future), Futures.When.FIRST, Duration.ZERO);
            default -> throw new IllegalArgumentException(args[0]);
          }
        }
        end.countDown();
      }
      System.out.println("done");
    }

    private static void poll(TaskFuture<?> future) throws Exception {
      try {
        future.get(1, NANOSECONDS);
      } catch (TimeoutException e) {
        // as expected
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "await"})
  void pollingAFutureLeavesNothingOnIt(String way) {
    try (var program = JavaProgram.start(List.of("-Xmx16m"), List.of(), Polling.class, way)) {
      assertThat(program.await().out()).isEqualTo("done\n");
    }
  }

  /// Tells which threads that outlive a pool know the loader of who used it.
  static final class Redeployed {
    public static void main(String[] args) throws Exception {
      var loader = new URLClassLoader(new URL[0]);
      Thread.currentThread().setContextClassLoader(loader);
      try (var pool = Pool.threads(1)) {
        pool.with(TaskOptions.defaults().timeout(Duration.ofSeconds(1))).submit(() -> 1).get();
        pool.stream((Integer x) -> x, List.of(1)).toList();
      }
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        String name = thread.getName();
        if (name.startsWith("telar-timer") || name.startsWith("telar-cleaner")) {
          System.out.println(name + " " + (thread.getContextClassLoader() == loader));
        }
      }
    }
  }

  @Test
  void threadsOfTheLibraryDoNotKeepTheLoaderOfTheirFirstUser() {
    try (var program = JavaProgram.start(Redeployed.class)) {
      assertThat(program.await().out().lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).endsWith(" false"));
    }
  }
}
