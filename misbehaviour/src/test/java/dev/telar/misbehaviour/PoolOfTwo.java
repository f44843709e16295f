package dev.telar.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import dev.telar.TaskOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Two workers that are up, in the way that a user would set a pool up for code that misbehaves.
final class PoolOfTwo implements AutoCloseable {

  private static final String VARIABLE = "MISBEHAVIOUR_TEST";
  private static final int TASKS = 1000;
  private static final Duration GONE = Duration.ofSeconds(5);

  /// The result of a task that comes after the accident.
  record Square(int value, Fingerprint around) implements Serializable {
    static Square of(int number) {
      return new Square(number * number, Fingerprint.take());
    }
  }

  private final MarkedProcesses marked;
  private final ProcessPool pool;
  private final Fingerprint before;

  PoolOfTwo(Map<String, String> systemProperties) {
    String mark = UUID.randomUUID().toString();
    marked = new MarkedProcesses(VARIABLE + "=" + mark);
    var builder =
        ProcessPool.builder()
            .name("two")
            .workers(2)
            .maxHeap("64m")
            .maxMemory("512m")
            .grace(Expectation.GRACE)
            .environment(VARIABLE, mark)
            .jvmArgs(Misbehaviour.NATIVE_ACCESS)
            .outputHandler((worker, error, line) -> {});
    systemProperties.forEach(builder::systemProperty);
    pool = builder.build();
    await().atMost(Duration.ofSeconds(30)).until(() -> pool.pids().size() == 2);
    before = pool.submit(Fingerprint::take).join();
  }

  /// Lets an accident happen.
  ///
  /// @return what its future is completed with: a value or an exception
  Object suffer(Misbehaviour accident, Expectation expected) throws Exception {
    TaskFuture<Object> future =
        pool.with(TaskOptions.defaults().timeout(expected.limit())).submit(accident);
    try {
      return future.get(expected.within().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /// A thousand tasks one by one, then a thousand items, none of which finds a trace of the
  /// accident.
  void computesTheNextThousand() {
    List<TaskFuture<Square>> futures =
        IntStream.range(0, TASKS).mapToObj(i -> pool.submit(() -> Square.of(i))).toList();
    List<Square> squares =
        IntStream.range(0, TASKS).mapToObj(i -> new Square(i * i, before)).toList();
    assertThat(futures).extracting(future -> future.get(30, TimeUnit.SECONDS)).isEqualTo(squares);
    assertThat(pool.map(i -> Square.of(i), IntStream.range(0, TASKS).boxed().toList()))
        .isEqualTo(squares);
  }

  /// Closes the pool, and looks for what was left running.
  @Override
  public void close() {
    pool.close();
    await()
        .atMost(GONE)
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> assertThat(marked.alive()).as("left running").isEmpty());
  }
}
