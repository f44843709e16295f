package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Fault;
import dev.telar.testing.Mark;
import dev.telar.testing.Processes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a worker that is a process has: a pid, exit codes, signals, output.
class ProcessWorkerTest {

  @TempDir Path folder;

  private Mark mark(String name) {
    return Mark.in(folder, name);
  }

  @Test
  void aProcessHasAPidOfItsOwn() throws Exception {
    Mark end = mark("end");
    try (Worker worker = Worker.process("process", end::await)) {
      assertThat(worker.pid()).isEmpty();
      worker.start();
      await().atMost(20, SECONDS).until(() -> worker.pid().isPresent());
      long pid = worker.pid().orElseThrow();
      assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
      end.set();
      worker.join();
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 130, 137, 143, 255})
  void systemExitGivesItsCode(int code) throws Exception {
    try (Worker worker = Worker.process("exiting", () -> System.exit(code)).start()) {
      worker.join();
      assertThat(worker.exitCode()).hasValue(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"KILL, 9", "TERM, 15", "INT, 2"})
  void aSignalGivesMinusItsNumber(String signal, int number) throws Exception {
    Mark started = mark("started");
    try (Worker worker =
        Worker.process(
                "signalled",
                () -> {
                  started.set();
                  Thread.sleep(60_000);
                })
            .start()) {
      started.await();
      if (signal.equals("INT")) {
        // SIGINT of the terminal is for the parent: a worker ignores it.
        Processes.signal("INT", worker.pid().orElseThrow());
        assertThat(worker.join(Duration.ofMillis(300))).isFalse();
        worker.kill();
        return;
      }
      Processes.signal(signal, worker.pid().orElseThrow());
      worker.join();
      assertThat(worker.exitCode()).hasValue(-number);
    }
  }

  @Test
  void aCrashGivesMinusSix() throws Exception {
    try (Worker worker = Worker.process("crashing", () -> Fault.CRASH.strike()).start()) {
      worker.join();
      assertThat(worker.exitCode()).hasValue(-6);
    }
  }

  @Test
  void terminateRunsTheShutdownHooks() throws Exception {
    Mark started = mark("started");
    Mark hook = mark("hook");
    try (Worker worker =
        Worker.process(
                "hooked",
                () -> {
                  Runtime.getRuntime().addShutdownHook(new Thread(hook::set));
                  started.set();
                  Thread.sleep(60_000);
                })
            .start()) {
      started.await();
      worker.terminate();
      worker.join();
      assertThat(hook.isSet()).isTrue();
      assertThat(worker.exitCode()).hasValue(-15);
    }
  }

  @Test
  void killEndsAProcessAndItsDescendants() throws Exception {
    Mark started = mark("started");
    Mark hook = mark("hook");
    try (Worker worker =
        Worker.process(
                "killed",
                () -> {
                  Runtime.getRuntime().addShutdownHook(new Thread(hook::set));
                  new ProcessBuilder("sleep", "300").start();
                  started.set();
                  Thread.sleep(60_000);
                })
            .start()) {
      started.await();
      worker.kill();
      worker.join();
      assertThat(worker.exitCode()).hasValue(-9);
      assertThat(hook.isSet()).isFalse();
      await().atMost(5, SECONDS).until(() -> ProcessHandle.current().descendants().count() == 0);
      worker.kill();
      worker.terminate();
    }
  }

  @Test
  void aProcessGoesOnWhileAThreadOfItsActionDoes() throws Exception {
    Mark end = mark("end");
    Mark ended = mark("ended");
    try (Worker worker =
        Worker.process(
                "main",
                () ->
                    new Thread(
                            () -> {
                              end.awaitStubbornly();
                              ended.set();
                            })
                        .start())
            .start()) {
      assertThat(worker.join(Duration.ofMillis(500))).isFalse();
      end.set();
      worker.join();
      assertThat(ended.isSet()).isTrue();
      assertThat(worker.exitCode()).hasValue(0);
    }
  }

  @Test
  void whatAProcessPrintedIsOutBeforeJoinReturns() throws Exception {
    PrintStream out = System.out;
    for (int i = 0; i < 5; i++) {
      var printed = new ByteArrayOutputStream();
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      try (Worker worker =
          Worker.process(
                  "printing",
                  () -> {
                    System.out.println("first");
                    System.out.print("last words");
                    Runtime.getRuntime().halt(5);
                  })
              .start()) {
        worker.join();
        assertThat(worker.exitCode()).hasValue(5);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
            .containsExactly("first", "last words");
      } finally {
        System.setOut(out);
      }
    }
  }

  @Test
  void anActionThatCannotTravelIsRefusedAtOnce() {
    Object local = new Object();
    assertThatThrownBy(() -> Worker.process("no", () -> local.hashCode()))
        .isInstanceOf(TaskNotSerializableException.class);
  }

  @Test
  void aWorkerThatIsNeverStartedLeavesNothing() {
    Worker worker = Worker.process("unused", () -> {});
    worker.close();
    assertThat(worker.exitCode()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void workersRunSideBySide() throws Exception {
    Mark one = mark("one");
    Mark two = mark("two");
    try (Worker first =
            Worker.process(
                    "first",
                    () -> {
                      one.set();
                      two.await();
                    })
                .start();
        Worker second =
            Worker.process(
                    "second",
                    () -> {
                      one.await();
                      two.set();
                    })
                .start()) {
      first.join();
      second.join();
      assertThat(first.exitCode()).hasValue(0);
      assertThat(second.exitCode()).hasValue(0);
    }
  }
}
