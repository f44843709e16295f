package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Engine;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import dev.telar.testing.Processes;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How programs end: nothing of theirs outlives them.
class OrphansTest {

  @TempDir Path folder;

  /// Two workers with a grandchild each; tells all pids, then ends as its second argument says.
  static final class Family {
    public static void main(String[] args) throws Exception {
      Tally pids = new Tally(args[0]);
      var pool = Pool.processes(2);
      for (int i = 0; i < 2; i++) {
        pool.submit(
            () -> {
              var sleeper = new ProcessBuilder("sleep", "300").inheritIO().start();
              var detached =
                  new ProcessBuilder("sh", "-c", "sleep 301 >/dev/null & echo $!").start();
              pids.add(new String(detached.getInputStream().readNBytes(20)).strip().split("\n")[0]);
              pids.add(sleeper.pid());
              pids.add(ProcessHandle.current().pid());
              Thread.sleep(60_000);
            });
      }
      while (pids.count() < 6) {
        Thread.sleep(1);
      }
      switch (args[1]) {
        case "exit" -> System.exit(3);
        case "halt" -> Runtime.getRuntime().halt(4);
        case "throw" -> throw new IllegalStateException("main failed");
        default -> Thread.sleep(60_000);
      }
    }
  }

  private static boolean alive(String pid) {
    return Processes.isAlive(Long.parseLong(pid));
  }

  /// Two seconds, on a machine that is not overloaded: there a process may not even be scheduled.
  private static Duration limit() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    boolean overloaded = system.getSystemLoadAverage() > 2.0 * system.getAvailableProcessors();
    return Duration.ofSeconds(overloaded ? 10 : 2);
  }

  private static void assertGoneWithinTwoSeconds(Tally pids) {
    await()
        .atMost(limit())
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(pids.lines()).hasSize(6).noneMatch(OrphansTest::alive));
  }

  private JavaProgram family(Tally pids, String end) {
    var program = JavaProgram.start(List.of("-Xmx64m"), List.of(), Family.class, pids.path(), end);
    try {
      await().atMost(15, SECONDS).until(() -> pids.count() == 6);
    } catch (ConditionTimeoutException e) {
      program.close();
      throw new AssertionError("the program told only " + pids.lines(), e);
    }
    return program;
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "halt"})
  void aProgramThatEndsTakesItsWorkersAndTheirChildrenWithIt(String end) {
    Tally pids = Tally.in(folder, "pids");
    try (var program = family(pids, end)) {
      assertThat(program.await().exitCode()).isEqualTo(end.equals("exit") ? 3 : 4);
      assertGoneWithinTwoSeconds(pids);
    }
  }

  @Test
  void aProgramThatIsKilledTakesItsWorkersAndTheirChildrenWithIt() {
    Tally pids = Tally.in(folder, "pids");
    try (var program = family(pids, "stay")) {
      program.kill();
      assertThat(program.await().exitCode()).isEqualTo(137);
      assertGoneWithinTwoSeconds(pids);
    }
  }

  @Test
  void terminatedByASignalAProgramTakesItsWorkersWithIt() throws Exception {
    Tally pids = Tally.in(folder, "pids");
    try (var program = family(pids, "stay")) {
      Processes.signal("TERM", program.pid());
      assertThat(program.await().exitCode()).isEqualTo(143);
      assertGoneWithinTwoSeconds(pids);
      assertThat(filesOf(program.pid())).isEmpty();
    }
  }

  @Test
  void whatAKilledProgramLeftIsSweptByTheNext() {
    Tally pids = Tally.in(folder, "pids");
    try (var program = family(pids, "stay")) {
      assertThat(filesOf(program.pid())).as("a runtime directory").isNotEmpty();
      // everybody at one instant: workers first, so that nobody can tidy up
      List<ProcessHandle> all = ProcessHandle.of(program.pid()).orElseThrow().children().toList();
      program.kill();
      all.forEach(ProcessHandle::destroyForcibly);
      program.await();
      try (var next = JavaProgram.start(Idle.class, Engine.PROCESSES.name())) {
        assertThat(next.await().exitCode()).isZero();
      }
      await()
          .atMost(10, SECONDS)
          .untilAsserted(
              () -> {
                assertThat(filesOf(program.pid())).isEmpty();
                assertThat(pids.lines()).noneMatch(OrphansTest::alive);
              });
    }
  }

  /// The runtime directories that belong to a process.
  private static List<Path> filesOf(long pid) {
    return Stream.of(
            System.getenv("XDG_RUNTIME_DIR"), "/dev/shm", System.getProperty("java.io.tmpdir"))
        .filter(Objects::nonNull)
        .flatMap(base -> list(Path.of(base), "telar*"))
        .flatMap(directory -> list(directory, "p" + pid + "-*"))
        .toList();
  }

  private static Stream<Path> list(Path directory, String glob) {
    try (var entries = Files.newDirectoryStream(directory, glob)) {
      return java.util.stream.StreamSupport.stream(entries.spliterator(), false).toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  /// Uses a pool and forgets to close it.
  static final class Idle {
    public static void main(String[] args) throws Exception {
      Pool pool = Engine.valueOf(args[0]).open();
      if (pool.submit(() -> 42).get() != 42) {
        System.exit(9);
      }
      pool.map(x -> x, List.of(1, 2, 3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIdleUnclosedPoolDoesNotKeepTheJvmAlive(Engine engine) {
    try (var program = JavaProgram.start(Idle.class, engine.name())) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).isEmpty();
      await().atMost(5, SECONDS).until(() -> filesOf(program.pid()).isEmpty());
    }
  }

  /// Returns from main while a task runs and others wait.
  static final class Busy {
    public static void main(String[] args) {
      Pool pool = Engine.valueOf(args[0]).open();
      Mark ran = new Mark(args[1]);
      for (int i = 0; i < 8; i++) {
        pool.submit(() -> Thread.sleep(60));
      }
      pool.submit(
          () -> {
            Thread.sleep(300);
            ran.set();
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void outstandingWorkKeepsTheJvmAlive(Engine engine) {
    Mark ran = Mark.in(folder, "ran");
    try (var program = JavaProgram.start(Busy.class, engine.name(), ran.path())) {
      assertThat(program.await().exitCode()).isZero();
      assertThat(ran.isSet()).isTrue();
    }
  }

  /// Exits while its pool is starting its workers.
  static final class Hasty {
    public static void main(String[] args) {
      Pool pool = Pool.processes(2);
      pool.submit(() -> Thread.sleep(60_000));
      System.exit(0);
    }
  }

  @Test
  void aProgramThatExitsWhileItsWorkersStartLeavesNothing() {
    for (int i = 0; i < 3; i++) {
      try (var program = JavaProgram.start(Hasty.class)) {
        assertThat(program.await().exitCode()).isZero();
        await()
            .atMost(5, SECONDS)
            .untilAsserted(
                () -> {
                  assertThat(filesOf(program.pid())).isEmpty();
                  assertThat(childrenOf(program.pid())).isEmpty();
                });
      }
    }
  }

  /// Processes whose environment carries the runtime directory of a dead program.
  private static List<String> childrenOf(long pid) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                environment(process.pid()).contains("/p" + pid + "-")
                    || environment(process.pid()).contains("=p" + pid + "-"))
        .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
        .toList();
  }

  private static String environment(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(pid), "environ"),
          java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aClosedPoolEndsWhatItsTasksStarted() {
    Tally pids = Tally.in(folder, "pids");
    try (var pool = Pool.processes(1)) {
      pool.submit(
              () -> {
                pids.add(new ProcessBuilder("sleep", "300").start().pid());
                pids.add(ProcessHandle.current().pid());
              })
          .join();
    }
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(pids.lines()).hasSize(2).noneMatch(OrphansTest::alive));
  }
}
