package dev.telar;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Engine;
import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What futures promise in odd cases.
class FutureCornersTest {

  @TempDir Path folder;

  /// Two kinds of task in one.
  record Both(Tally ran) implements Callable<String>, Runnable, Serializable {
    @Override
    public String call() {
      ran.add("call");
      return "called";
    }

    @Override
    public void run() {
      ran.add("run");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTaskThatIsCallableAndRunnableIsWhatItWasSubmittedAs(Engine engine) throws Exception {
    Tally ran = Tally.in(folder, "ran");
    var both = new Both(ran);
    try (Pool pool = engine.open()) {
      assertThat(pool.submit((Callable<String>) both).get(20, SECONDS)).isEqualTo("called");
      assertThat(ran.lines()).containsExactly("call");
      assertThat(pool.submit((Runnable) both).get(20, SECONDS)).isNull();
      assertThat(ran.lines()).containsExactly("call", "run");
      assertThat(pool.submit(both, "given").get(20, SECONDS)).isEqualTo("given");
      assertThat(ran.lines()).containsExactly("call", "run", "run");
      pool.execute((Runnable) both);
    }
    assertThat(ran.lines()).containsExactly("call", "run", "run", "run");
  }

  @Test
  @Timeout(20)
  void aTimeLimitFarInThePastIsOver() throws Exception {
    var end = new CountDownLatch(1);
    try (var pool = Pool.threads(1)) {
      TaskFuture<Void> future = pool.submit(() -> end.await());
      assertThatThrownBy(() -> future.get(Long.MIN_VALUE, NANOSECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> future.get(Long.MIN_VALUE, SECONDS))
          .isInstanceOf(TimeoutException.class);
      end.countDown();
      assertThat(future.get(20, SECONDS)).isNull();
      assertThat(future.get(Long.MIN_VALUE, NANOSECONDS)).isNull();
    }
  }

  @Test
  void anExecutedTaskThatExceedsItsLimitIsReportedOnce() {
    var reports = new AtomicInteger();
    var before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> reports.incrementAndGet());
    try {
      try (var pool = Pool.threads(1)) {
        pool.with(TaskOptions.defaults().timeout(Duration.ofMillis(20)))
            .execute(() -> Thread.sleep(60_000));
      }
      await()
          .dontCatchUncaughtExceptions() // by a handler of its own, in the place of ours
          .during(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(10))
          .until(() -> reports.get() == 1);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"THREADS", "PROCESSES"})
  void runOnASubmittedFutureWaitsAndDoesNotRunItAgain(Engine engine) throws Exception {
    Tally ran = Tally.in(folder, "ran");
    Mark go = Mark.in(folder, "go");
    try (Pool pool = engine.open()) {
      for (int i = 0; i < engine.parallelism(); i++) {
        pool.submit(() -> go.await());
      }
      TaskFuture<Void> future = pool.submit(() -> ran.add("x"));
      Thread runner = Thread.ofPlatform().start((RunnableFuture<?>) future);
      await().until(() -> runner.getState() == Thread.State.WAITING);
      assertThat(future).isNotDone();
      go.set();
      runner.join();
      assertThat(future).isCompleted();
    }
    assertThat(ran.count()).isEqualTo(1);
  }

  /// An exception that throws whatever is asked of it.
  static final class Mute extends RuntimeException {
    @Override
    public String toString() {
      throw new IllegalStateException("not a word");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExceptionWhoseMethodsThrowIsStillTheCauseOfAnExecutionException(Engine engine) {
    try (Pool pool = engine.open()) {
      TaskFuture<Void> future =
          pool.submit(
              () -> {
                throw new Mute();
              });
      assertThatThrownBy(() -> future.get(20, SECONDS))
          .isExactlyInstanceOf(java.util.concurrent.ExecutionException.class)
          .hasMessageContaining("Mute");
      assertThatThrownBy(future::join)
          .isExactlyInstanceOf(java.util.concurrent.CompletionException.class)
          .hasMessageContaining("Mute");
    }
  }
}
