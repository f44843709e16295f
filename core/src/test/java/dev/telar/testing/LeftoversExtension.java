package dev.telar.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each test class: no child process, no file or folder of Telar's, no thread is left.
///
/// Registered for all tests through `META-INF/services`. What a class leaves behind is told at that
/// class, not at the next one that stumbles over it.
public final class LeftoversExtension implements BeforeAllCallback, AfterAllCallback {

  /// How long a test waits for what must come: a JVM may start meanwhile, on a busy machine.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeftoversExtension.class);

  /// Threads of the JDK and of the test tools that come when they are first needed and stay.
  private static final List<String> PERMANENT =
      List.of(
          "awaitility",
          "telar-timer", // one for all pools, as is the next
          "telar-cleaner",
          "junit",
          "ForkJoinPool",
          "CompletableFutureDelayScheduler",
          "Cleaner-",
          "Common-Cleaner",
          "process reaper",
          "Keep-Alive",
          "Attach Listener",
          "surefire",
          "VirtualThread-unblocker",
          "Read-Poller",
          "Write-Poller",
          "MasterPoller");

  private record Before(Set<Long> threads) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
    context.getStore(NAMESPACE).put("before", new Before(Set.copyOf(threadIds())));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Before before = context.getStore(NAMESPACE).get("before", Before.class);
    if (before == null) {
      return;
    }
    List<String> left = new ArrayList<>();
    try {
      await()
          .atMost(Duration.ofSeconds(8))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                left.clear();
                left.addAll(processes());
                left.addAll(files());
                left.addAll(threads(before.threads()));
                return left.isEmpty();
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          context.getDisplayName() + " leaves behind:\n  " + String.join("\n  ", left));
    }
  }

  /// Children of this JVM and their descendants.
  static List<String> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(Processes::isAlive)
        .map(child -> "process " + child.pid() + " " + child.info().commandLine().orElse("?"))
        .toList();
  }

  /// Files and folders whose name says that Telar in this JVM made them.
  static List<String> files() {
    String mine = "(^|.*\\D)" + ProcessHandle.current().pid() + "(\\D.*|$)";
    return Stream.of(
            "/dev/shm",
            System.getenv("XDG_RUNTIME_DIR"),
            System.getProperty("java.io.tmpdir"),
            "/tmp")
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(LeftoversExtension::telarEntries)
        .filter(path -> path.getFileName().toString().matches(mine))
        .map(path -> "file " + path)
        .toList();
  }

  /// The entries of a folder that are called `telar-…`, and what is in them.
  private static Stream<Path> telarEntries(String folder) {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(Path.of(folder), "*telar*")) {
      for (Path entry : entries) {
        found.add(entry);
        if (Files.isDirectory(entry)) {
          try (var inside = Files.newDirectoryStream(entry)) {
            inside.forEach(found::add);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // not there, or gone in between
    }
    return found.stream();
  }

  private static List<Long> threadIds() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::threadId).toList();
  }

  private static List<String> threads(Set<Long> before) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> !before.contains(entry.getKey().threadId()))
        .filter(entry -> entry.getKey() != Thread.currentThread())
        .filter(entry -> PERMANENT.stream().noneMatch(entry.getKey().getName()::contains))
        .map(
            entry ->
                "thread "
                    + entry.getKey().getName()
                    + " at "
                    + Stream.of(entry.getValue()).limit(6).toList())
        .toList();
  }
}
