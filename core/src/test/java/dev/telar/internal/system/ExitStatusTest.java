package dev.telar.internal.system;

import static dev.telar.internal.system.Children.readLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.telar.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusTest {
  @RegisterExtension final Children children = new Children();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 127, 137, 143, 255})
  void aJvmThatExitsIsNeverTakenForAKilledOne(int code) throws Exception {
    Process process = children.java(Ends.class, mark().toString(), "" + code);
    process.waitFor();
    ExitStatus status = status(process);
    assertThat(status.pythonic()).isEqualTo(code);
    assertThat(status.describe()).isEqualTo("exited with code " + code);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 15", "INT, 2", "HUP, 1", "KILL, 9", "SEGV, 6"})
  void aJvmThatIsKilledIsTakenForAKilledOne(String name, int signal) throws Exception {
    assumeFalse(isIgnored(signal), "children inherit it, as of a job in the background");
    ProcessBuilder builder = Children.javaBuilder(Ends.class, mark().toString(), "wait");
    builder.command().add(1, "-XX:ErrorFile=" + folder.resolve("hs_err.log"));
    builder.directory(folder.toFile()); // for the core file, where the system makes one
    Process process = children.start(builder);
    readLine(process);
    Processes.signal(name, process.pid());
    process.waitFor();
    ExitStatus status = status(process);
    assertThat(status.signal()).hasValue(signal);
    assertThat(status.pythonic()).isEqualTo(-signal);
    assertThat(status.describe()).startsWith("was killed by signal " + signal + " (SIG");
  }

  private static boolean isIgnored(int signal) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(mask -> (mask >>> (signal - 1) & 1) != 0);
    }
  }

  @Test
  void aHaltedJvmLeavesNoMarkButItsCode() throws Exception {
    Process process = children.java(Ends.class, mark().toString(), "halt");
    process.waitFor();
    assertThat(mark()).doesNotExist();
    assertThat(status(process).pythonic()).isEqualTo(3);
  }

  @Test
  void aKillWhileTheHooksOfATerminationRunIsThatKill() {
    assertThat(ExitStatus.of(137, new ShutdownMark(15)).signal()).isEqualTo(OptionalInt.of(9));
  }

  @Test
  void aTerminationDuringAnExitDoesNotChangeItsCode() {
    assertThat(ExitStatus.of(3, new ShutdownMark(15)).pythonic()).isEqualTo(3);
  }

  @Test
  void codesBeyondTheSignalsAreCodes() {
    assertThat(ExitStatus.of(255, ShutdownMark.NONE).pythonic()).isEqualTo(255);
    assertThat(ExitStatus.of(128, ShutdownMark.NONE).pythonic()).isEqualTo(128);
    assertThat(ExitStatus.of(192, ShutdownMark.NONE).describe())
        .isEqualTo("was killed by signal 64 (signal 64)");
    assertThat(ExitStatus.of(137, ShutdownMark.NONE).describe())
        .isEqualTo("was killed by signal 9 (SIGKILL)");
  }

  private Path mark() {
    return folder.resolve("mark");
  }

  private ExitStatus status(Process process) throws Exception {
    ShutdownMark mark =
        Files.exists(mark())
            ? new ShutdownMark(Integer.parseInt(Files.readString(mark())))
            : ShutdownMark.NONE;
    return ExitStatus.of(process.exitValue(), mark);
  }

  static final class Ends {
    public static void main(String[] args) throws Exception {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveMark(Path.of(args[0]))));
      switch (args[1]) {
        case "wait" -> {
          System.out.println("ready");
          Thread.sleep(Long.MAX_VALUE);
        }
        case "halt" -> Runtime.getRuntime().halt(3);
        case "0" -> {}
        default -> System.exit(Integer.parseInt(args[1]));
      }
    }

    private static void leaveMark(Path file) {
      try {
        Files.writeString(file, "" + ShutdownMark.observe().code());
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
