package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The processes of one test: all are marked, all are killed after it, and so that this hides
/// nothing, a process or runtime directory that the test itself should have ended fails it.
final class Children implements BeforeEachCallback, AfterEachCallback {
  private static final String MARK = "TELAR_TEST";

  private final List<Process> started = new ArrayList<>();
  private String mark = "";

  @Override
  public void beforeEach(ExtensionContext context) {
    mark = UUID.randomUUID().toString();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    started.forEach(Process::destroyForcibly);
    for (Process process : started) {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    started.clear();
    try {
      await() // killing takes a moment
          .atMost(Duration.ofSeconds(3))
          .untilAsserted(
              () ->
                  assertThat(ProcessTree.carrying(MARK, mark))
                      .extracting(ProcessHandle::info)
                      .as("processes that the test left")
                      .isEmpty());
    } finally {
      ProcessTree.killCarriers(MARK, mark);
    }
    assertThat(ownRuntimeDirectories()).as("runtime directories that the test left").isEmpty();
  }

  Process sh(String script) {
    return start(new ProcessBuilder("sh", "-c", script));
  }

  /// Starts a JVM on the test's class path.
  Process java(Class<?> main, String... arguments) {
    return start(javaBuilder(main, arguments));
  }

  static ProcessBuilder javaBuilder(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  Process start(ProcessBuilder builder) {
    builder.environment().put(MARK, mark);
    try {
      Process process = builder.start();
      started.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next line of the process's output: what it prints when it is ready.
  static String readLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    String line = reader.readLine();
    if (line == null) {
      throw new AssertionError("it ended: " + new String(process.getErrorStream().readAllBytes()));
    }
    return line;
  }

  static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private static List<Path> ownRuntimeDirectories() throws IOException {
    String own = "p" + ProcessHandle.current().pid() + "-";
    List<Path> found = new ArrayList<>();
    for (RuntimeBase base : RuntimeBase.candidates()) {
      for (Path userDirectory : base.userDirectories()) {
        try (var entries = Files.list(userDirectory)) {
          entries
              .filter(entry -> entry.getFileName().toString().startsWith(own))
              .forEach(found::add);
        } catch (java.nio.file.NoSuchFileException removedByAnother) {
          continue;
        }
      }
    }
    return found;
  }
}
