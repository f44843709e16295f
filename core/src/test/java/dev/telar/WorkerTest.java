package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One named thread or process.
class WorkerTest {

  /// The two kinds.
  enum Kind {
    THREAD(Worker::thread),
    PROCESS(Worker::process);

    private final BiFunction<String, Action, Worker> maker;

    Kind(BiFunction<String, Action, Worker> maker) {
      this.maker = maker;
    }

    Worker make(String name, Action action) {
      return maker.apply(name, action);
    }
  }

  @TempDir Path folder;

  private Mark mark(String name) {
    return Mark.in(folder, name);
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerRunsItsActionOnce(Kind kind) throws Exception {
    Mark ran = mark("ran");
    try (Worker worker = kind.make("weaver", ran::set)) {
      assertThat(worker.name()).isEqualTo("weaver");
      assertThat(worker.isAlive()).isFalse();
      assertThat(worker.exitCode()).isEmpty();
      assertThat(ran.isSet()).isFalse();
      assertThat(worker.start()).isSameAs(worker);
      worker.join();
      assertThat(ran.isSet()).isTrue();
      assertThat(worker.isAlive()).isFalse();
      assertThat(worker.exitCode()).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondStartIsRefused(Kind kind) throws Exception {
    try (Worker worker = kind.make("twice", () -> {})) {
      worker.start();
      assertThatIllegalStateException().isThrownBy(worker::start);
      worker.join();
      assertThatIllegalStateException().isThrownBy(worker::start);
    }
  }

  @ParameterizedTest
  @EnumSource
  void joinBeforeStartIsRefused(Kind kind) {
    try (Worker worker = kind.make("never", () -> {})) {
      assertThatIllegalStateException().isThrownBy(worker::join);
      assertThatIllegalStateException().isThrownBy(() -> worker.join(Duration.ofMillis(1)));
      worker.terminate();
      assertThat(worker.exitCode()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nullsAreRefused(Kind kind) {
    assertThatNullPointerException().isThrownBy(() -> kind.make(null, () -> {}));
    assertThatNullPointerException().isThrownBy(() -> kind.make("x", null));
  }

  @ParameterizedTest
  @EnumSource
  void joinWithATimeoutTellsWhetherTheWorkerHasEnded(Kind kind) throws Exception {
    Mark end = mark("end");
    try (Worker worker = kind.make("slow", end::await).start()) {
      assertThat(worker.join(Duration.ofMillis(10))).isFalse();
      assertThat(worker.join(Duration.ZERO)).isFalse();
      assertThat(worker.isAlive()).isTrue();
      end.set();
      assertThat(worker.join(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
      assertThat(worker.join(Duration.ZERO)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUncaughtExceptionIsExitCodeOne(Kind kind) throws Exception {
    PrintStream err = System.err;
    var printed = new ByteArrayOutputStream();
    Thread.UncaughtExceptionHandler old = Thread.getDefaultUncaughtExceptionHandler();
    var seen = new AtomicReference<Throwable>();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> seen.set(error));
    try (Worker worker = kind.make("failing", WorkerTest::failing).start()) {
      worker.join();
      assertThat(worker.exitCode()).hasValue(1);
      if (kind == Kind.PROCESS) {
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("no luck", "failing");
      }
    } finally {
      System.setErr(err);
      Thread.setDefaultUncaughtExceptionHandler(old);
    }
  }

  private static void failing() throws IOException {
    throw new IOException("no luck");
  }

  @ParameterizedTest
  @EnumSource
  void joinCanBeInterruptedAndTheWorkerGoesOn(Kind kind) throws Exception {
    Mark end = mark("end");
    try (Worker worker = kind.make("slow", end::await).start()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(worker::join).isInstanceOf(InterruptedException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> worker.join(Duration.ofSeconds(5)))
          .isInstanceOf(InterruptedException.class);
      assertThat(worker.isAlive()).isTrue();
      end.set();
      worker.join();
      assertThat(worker.exitCode()).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeWaitsForTheEnd(Kind kind) {
    Mark ran = mark("ran");
    Worker worker = kind.make("closing", ran::set).start();
    worker.close();
    worker.close();
    assertThat(ran.isSet()).isTrue();
    assertThat(worker.exitCode()).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void interruptedCloseEndsTheWorker(Kind kind) throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Worker worker = kind.make("closing", () -> started.setAndWaitFor(interrupted)).start();
    started.await();
    Thread.currentThread().interrupt();
    worker.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(worker.join(Duration.ofSeconds(20))).isTrue();
    assertThat(worker.isAlive()).isFalse();
    if (kind == Kind.THREAD) {
      assertThat(interrupted.isSet()).isTrue();
    }
  }

  @Test
  void aThreadIsInterruptedByTerminateAndCannotBeKilled() throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    Thread.UncaughtExceptionHandler old = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {});
    try (Worker worker =
        Worker.thread("thread", () -> started.setAndWaitFor(interrupted)).start()) {
      started.await();
      assertThatThrownBy(worker::kill).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(worker::pid).isInstanceOf(UnsupportedOperationException.class);
      worker.terminate();
      worker.join();
      assertThat(interrupted.isSet()).isTrue();
      assertThat(worker.exitCode()).hasValue(1);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(old);
    }
  }

  @Test
  void aThreadWorkerIsAPlatformThreadOfItsName() throws Exception {
    var thread = new AtomicReference<Thread>();
    try (Worker worker =
        Worker.thread("my thread", () -> thread.set(Thread.currentThread())).start()) {
      worker.join();
      assertThat(thread.get().getName()).isEqualTo("my thread");
      assertThat(thread.get().isVirtual()).isFalse();
      assertThat(thread.get().isDaemon()).isFalse();
    }
  }

  /// Starts a thread worker and returns from main.
  static final class Unjoined {
    public static void main(String[] args) {
      Worker.thread(
              "still weaving",
              () -> {
                Thread.sleep(300);
                System.out.println("done");
              })
          .start();
    }
  }

  @Test
  void aThreadWorkerKeepsTheJvmAlive() {
    try (var program = JavaProgram.start(Unjoined.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out()).contains("done");
      assertThat(outcome.exitCode()).isZero();
    }
  }
}
