package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C, and worse.
class InterruptTest {

  private static final Duration LIMIT = Duration.ofSeconds(10); // the jobs would take minutes

  @TempDir Path folder;

  @Test
  void ctrlCEndsTheCommandAndAllThatItStartedAtOnce() throws Exception {
    Command command = running();
    List<ProcessHandle> children = command.process().descendants().toList();
    assertThat(children).isNotEmpty();
    long start = System.nanoTime();
    signal("INT", command.process().pid());
    assertThat(command.exitCode()).isEqualTo(130);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    await().atMost(LIMIT).until(() -> children.stream().noneMatch(InterruptTest::isAlive));
    assertThat(command.err()).isEmpty();
  }

  @Test
  void aTerminalSendsCtrlCToTheChildrenTooAndNobodyComplains() throws Exception {
    Command command = running();
    List<ProcessHandle> children = command.process().descendants().toList();
    for (ProcessHandle child : children) {
      signal("INT", child.pid());
    }
    signal("INT", command.process().pid());
    assertThat(command.exitCode()).isEqualTo(130);
    assertThat(command.err()).isEmpty();
  }

  @Test
  void killedItLeavesNoChildBehind() throws Exception {
    Command command = running();
    List<ProcessHandle> children = command.process().descendants().toList();
    command.process().destroyForcibly().waitFor();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> children.stream().noneMatch(InterruptTest::isAlive));
  }

  @Test
  void ctrlCEndsAJobOnItsOwnToo() throws Exception {
    Command command = runningOwnClass();
    List<ProcessHandle> children = command.process().descendants().toList();
    for (ProcessHandle child : children) {
      signal("INT", child.pid());
    }
    signal("INT", command.process().pid());
    assertThat(command.exitCode()).isEqualTo(130);
    assertThat(command.err()).isEmpty();
    assertThat(command.out()).isEmpty();
    await().atMost(LIMIT).until(() -> children.stream().noneMatch(InterruptTest::isAlive));
  }

  @Test
  void killedAJobOnItsOwnLeavesNoChildBehind() throws Exception {
    Command command = runningOwnClass();
    List<ProcessHandle> children = command.process().descendants().toList();
    command.process().destroyForcibly().waitFor();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> children.stream().noneMatch(InterruptTest::isAlive));
  }

  /// A job in a JVM with the user's classes, which has two workers.
  private Command runningOwnClass() throws Exception {
    assumeThat(interruptIsHeard()).as("SIGINT is not ignored here").isTrue();
    String classes = OwnClasses.compile(folder).toString();
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    Path input = Files.writeString(folder.resolve("in"), a + "\n" + b + "\n");
    Command command =
        Command.start(
            folder,
            "run",
            "--class-path=" + classes,
            "--task=com.acme.Endless",
            "--on=processes",
            "-n=2",
            input.toString());
    // Each of the two makes its file when it begins.
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(a) && Files.exists(b));
    return command;
  }

  /// A command whose measuring JVM has its workers.
  private Command running() throws Exception {
    assumeThat(interruptIsHeard()).as("SIGINT is not ignored here").isTrue();
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "to be or not to be ".repeat(1_000_000));
    Command command =
        Command.start(
            folder, "compare", "words", text.toString(), "--on=processes", "--repeat=1000", "-n=2");
    // The measuring JVM and its two workers.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> command.process().descendants().count() >= 3);
    return command;
  }

  /// A shell starts what runs in its background with SIGINT ignored, and that is inherited.
  private static boolean interruptIsHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(7).strip())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored, 16) & 2) == 0;
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  /// A killed orphan is a zombie until process 1 reaps it, which some containers do after seconds.
  private static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
