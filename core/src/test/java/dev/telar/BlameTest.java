package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.testing.Mark;
import dev.telar.testing.Native;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each way to die is told by its own cause.
class BlameTest {

  @TempDir Path folder;
  private ProcessPool pool;

  @BeforeEach
  void open() {
    pool = ProcessPool.builder().name("blamed").workers(1).jvmArgs(Native.ACCESS).build();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private static WorkerCrashedException crash(TaskFuture<?> future) {
    Throwable failure = PoolContract.failure(() -> future.get(30, SECONDS));
    assertThat(failure).isInstanceOf(WorkerCrashedException.class);
    return (WorkerCrashedException) failure;
  }

  private WorkerCrashedException crashOf(Action deadly) throws Exception {
    WorkerCrashedException crash =
        crash(pool.with(TaskOptions.defaults().name("deadly")).submit(deadly));
    assertThat(crash.task()).isEqualTo("deadly");
    assertThat(crash.attempt()).isEqualTo(1);
    assertThat(crash.worker()).startsWith("blamed-worker-");
    assertThat(crash.pid()).isPositive();
    assertThat(crash).hasMessageContaining("while it ran deadly").hasMessageContaining("after ");
    assertThat(pool.submit(() -> 1).get(30, SECONDS)).as("the pool works on").isEqualTo(1);
    return crash;
  }

  @Test
  void aWildWriteIsANativeCrashWithItsSignalAndFrame() throws Exception {
    WorkerCrashedException crash = crashOf(Native::wildWrite);
    assertThat(crash.crashCause()).isEqualTo(CrashCause.NATIVE_CRASH);
    assertThat(crash.signal()).hasValue(11);
    assertThat(crash.exitCode()).isEmpty();
    assertThat(crash.problematicFrame()).isPresent();
    assertThat(crash.report()).as("reports are not kept unless there is a folder").isEmpty();
    assertThat(crash)
        .hasMessageContaining("SIGSEGV")
        .hasMessageContaining(crash.problematicFrame().orElseThrow());
  }

  @Test
  void abortIsANativeCrashWithoutAReport() throws Exception {
    WorkerCrashedException crash = crashOf(Native::abort);
    assertThat(crash.crashCause()).isEqualTo(CrashCause.NATIVE_CRASH);
    assertThat(crash.signal()).hasValue(6);
  }

  @Test
  void exitIsToldWithItsCode() throws Exception {
    WorkerCrashedException crash = crashOf(() -> System.exit(17));
    assertThat(crash.crashCause()).isEqualTo(CrashCause.EXITED);
    assertThat(crash.exitCode()).hasValue(17);
    assertThat(crash.signal()).isEmpty();
  }

  @Test
  void haltIsNotAnExit() throws Exception {
    WorkerCrashedException crash = crashOf(() -> Runtime.getRuntime().halt(17));
    assertThat(crash.crashCause()).isEqualTo(CrashCause.HALTED);
    assertThat(crash.exitCode()).hasValue(17);
    assertThat(crash).hasMessageContaining("without its shutdown hooks");
  }

  @Test
  void nativeExitIsLikeHalt() throws Exception {
    WorkerCrashedException crash = crashOf(() -> Native.exitAtOnce(0));
    assertThat(crash.crashCause()).isEqualTo(CrashCause.HALTED);
    assertThat(crash.exitCode()).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"KILL, 9", "TERM, 15", "HUP, 1", "USR1, 10"})
  void aSignalFromOutsideIsToldAsSuch(String name, int number) throws Exception {
    WorkerCrashedException crash = crashOf(() -> Native.signal(name));
    assertThat(crash.crashCause()).isEqualTo(CrashCause.KILLED);
    assertThat(crash.signal()).hasValue(number);
    assertThat(crash.exitCode()).isEmpty();
    assertThat(crash).hasMessageContaining("was killed by signal " + number + " (SIG" + name + ")");
  }

  @Test
  void aWorkerThatClosesItsConnectionIsLost() throws Exception {
    WorkerCrashedException crash =
        crashOf(
            () -> {
              for (String descriptor : Objects.requireNonNull(new File("/proc/self/fd").list())) {
                Path target = Path.of("/proc/self/fd/" + descriptor);
                if (Files.isSymbolicLink(target)
                    && Files.readSymbolicLink(target).toString().startsWith("socket:")) {
                  Native.close(Integer.parseInt(descriptor));
                }
              }
              Thread.sleep(60_000);
            });
    assertThat(crash.crashCause()).isEqualTo(CrashCause.LOST);
    assertThat(crash).hasMessageContaining("closed its connection");
  }

  @Test
  void itTellsHowLongTheTaskHadRun() throws Exception {
    WorkerCrashedException crash =
        crashOf(
            () -> {
              Thread.sleep(700);
              Runtime.getRuntime().halt(1);
            });
    assertThat(crash.ran()).isBetween(Duration.ofMillis(600), Duration.ofSeconds(20));
  }

  @Test
  void itTellsWhichAttemptAndWhichItem() throws Exception {
    Mark once = Mark.in(folder, "once");
    Pool retrying = pool.with(TaskOptions.defaults().name("twice").retries(1));
    Throwable failure =
        PoolContract.failure(
            () ->
                retrying.map(
                    x -> {
                      if (x == 2) {
                        once.set();
                        Runtime.getRuntime().halt(1);
                      }
                      return x;
                    },
                    List.of(0, 1, 2)));
    assertThat(failure)
        .isInstanceOfSatisfying(
            WorkerCrashedException.class,
            crash -> {
              assertThat(crash.attempt()).isEqualTo(2);
              assertThat(crash.task()).isEqualTo("twice item 2");
            })
        .hasMessageContaining("twice item 2 (attempt 2)");
  }

  @Test
  void reportsAreKeptInTheFolderOfTheUsersChoice() throws Exception {
    Path reports = folder.resolve("100% reports");
    try (var keeping =
        ProcessPool.builder().workers(1).jvmArgs(Native.ACCESS).crashReports(reports).build()) {
      WorkerCrashedException crash = crash(keeping.submit(Native::wildWrite));
      Path report = crash.report().orElseThrow();
      assertThat(report).isEqualTo(reports.resolve("hs_err_pid" + crash.pid() + ".log"));
      assertThat(report).content().contains("SIGSEGV");
      assertThat(crash).hasMessageContaining(report.toString());
    }
  }

  @Test
  void theReportOfAnEarlierProcessWithTheSameNumberBlamesNobody() throws Exception {
    Path reports = folder.resolve("reports");
    try (var keeping = ProcessPool.builder().workers(1).crashReports(reports).build()) {
      long pid = keeping.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
      Path old = reports.resolve("hs_err_pid" + pid + ".log");
      Files.writeString(
          old,
          "# A fatal error has been detected by the Java Runtime Environment:\n#\n"
              + "#  SIGSEGV (0xb) at pc=0x00007f3b5c0a1b2c, pid=1, tid=2\n");
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
      TaskFuture<Void> future = keeping.submit(() -> Native.signal("KILL"));
      WorkerCrashedException crash = crash(future);
      assertThat(crash.crashCause()).isEqualTo(CrashCause.KILLED);
      assertThat(crash.report()).isEmpty();
      assertThat(old).exists();
    }
  }

  @Test
  void aDeathTravelsThroughAnotherWorker() throws Exception {
    Throwable failure =
        PoolContract.failure(
            () ->
                pool.submit(
                        () -> {
                          try (var inner = Pool.processes(1)) {
                            return inner.submit(() -> Runtime.getRuntime().halt(9)).get();
                          }
                        })
                    .get(60, SECONDS));
    assertThat(failure)
        .hasCauseInstanceOf(WorkerCrashedException.class)
        .cause()
        .isInstanceOfSatisfying(
            WorkerCrashedException.class,
            crash -> assertThat(crash.crashCause()).isEqualTo(CrashCause.HALTED));
  }
}
