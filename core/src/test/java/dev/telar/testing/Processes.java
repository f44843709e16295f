package dev.telar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.internal.system.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Whether processes live, and signals to them.
public final class Processes {
  private Processes() {}

  /// Whether this one runs. A killed orphan is a zombie until process 1 reaps it, which some
  /// containers do after seconds, and some never: that is no process any more.
  public static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /// Whether there is such a process, and it runs.
  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(Processes::isAlive).isPresent();
  }

  /// Sends a signal, which has arrived some time after the return.
  ///
  /// @param name `TERM`, `KILL`, …
  public static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor()).isZero();
  }

  /// Stops a process as a debugger does, and waits until none of its threads runs any more: until
  /// then it may well start what it is sent.
  public static void stop(long pid) throws IOException, InterruptedException {
    signal("STOP", pid);
    await().until(() -> threads(pid).allMatch(ProcessState::isStopped));
  }

  /// Lets a process that was stopped go on.
  public static void resume(long pid) throws IOException, InterruptedException {
    signal("CONT", pid);
  }

  private static Stream<ProcessState> threads(long pid) throws IOException {
    try (var all = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return all
          .map(each -> ProcessState.of(Long.parseLong(each.getFileName().toString())))
          .toList()
          .stream();
    }
  }
}
