package dev.telar.internal.system;

import static dev.telar.internal.system.Children.handle;
import static dev.telar.internal.system.Children.readLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RuntimeDirectoryTest {
  @RegisterExtension final Children children = new Children();

  private Path base; // not @TempDir, whose name is too long for a socket's path to fit

  @BeforeEach
  void makeBase() throws IOException {
    base = Files.createTempDirectory(Path.of("/tmp"), "t");
  }

  @AfterEach
  void removeBase() throws IOException {
    try (var all = Files.walk(base)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void allHoldersShareOneDirectoryAndTheLastOneDeletesIt() throws Exception {
    RuntimeDirectory one = RuntimeDirectory.acquire();
    RuntimeDirectory two = RuntimeDirectory.acquire();
    RuntimeDirectory.awaitSweep();
    assertThat(two).isSameAs(one);
    Files.createDirectories(one.file("folder/inside"));
    Files.writeString(one.file("folder/inside/file"), "x");
    one.release();
    assertThat(one.path()).isDirectory();
    two.release();
    assertThat(one.path()).doesNotExist();
    assertThatThrownBy(two::release).isInstanceOf(IllegalStateException.class);

    RuntimeDirectory next = RuntimeDirectory.acquire();
    assertThat(next.cookie()).isNotEqualTo(one.cookie());
    next.release();
    RuntimeDirectory.awaitSweep();
  }

  @Test
  void onlyItsUserCanEnter() throws IOException {
    RuntimeDirectory directory = createIn(base);
    assertThat(mode(directory.path())).isEqualTo("rwx------");
    assertThat(mode(directory.path().getParent())).isEqualTo("rwx------");
    directoryless(directory);
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void aLinkOfTheExpectedNameIsNotFollowed() throws IOException {
    RuntimeDirectory first = createIn(base);
    Path expected = first.path().getParent();
    directoryless(first);
    Path trap = Files.createDirectory(base.resolve("trap"));
    Files.createSymbolicLink(expected, trap);
    RuntimeDirectory directory = createIn(base);
    assertThat(directory.path().getParent()).isNotEqualTo(expected);
    assertThat(trap).isEmptyDirectory();
    directoryless(directory);
  }

  @Test
  void aDirectoryThatOthersCanEnterIsNotUsed() throws IOException {
    RuntimeDirectory first = createIn(base);
    Path expected = first.path().getParent();
    directoryless(first);
    Files.createDirectory(expected);
    Files.setPosixFilePermissions(expected, PosixFilePermissions.fromString("rwxr-xr-x"));
    RuntimeDirectory directory = createIn(base);
    assertThat(directory.path().getParent()).isNotEqualTo(expected);
    assertThat(expected).isEmptyDirectory();
    directoryless(directory);
  }

  @Test
  void aLongTempFolderIsPassedOver() throws IOException {
    Path longOne = Files.createDirectories(base.resolve("long".repeat(20)));
    RuntimeDirectory directory =
        RuntimeDirectory.create(
            List.of(new RuntimeBase(longOne, false), new RuntimeBase(base, false)));
    assertThat(directory.path()).startsWith(base).doesNotHaveToString("long");
    assertThat(directory.path().startsWith(longOne)).isFalse();
    assertThat(directory.file("x".repeat(24)).toString().length()).isLessThanOrEqualTo(90);
    directoryless(directory);
  }

  @Test
  void thatTheFirstPlaceWasPassedOverIsSaidInTheLogOnce() throws IOException {
    Path absent = base.resolve("absent");
    List<RuntimeBase> bases = List.of(new RuntimeBase(absent, false), new RuntimeBase(base, false));
    List<String> told = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(RuntimeDirectory.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            told.add(new SimpleFormatter().formatMessage(line));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    logger.addHandler(handler);
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    try {
      for (int i = 0; i < 2; i++) {
        directoryless(RuntimeDirectory.create(bases));
      }
    } finally {
      logger.setLevel(before);
      logger.removeHandler(handler);
    }
    assertThat(told)
        .singleElement()
        .asString()
        .contains(base.toString(), absent + " is not a writable directory");
  }

  @Test
  void whereThereIsNoPlaceTheErrorListsWhatWasTried() throws IOException {
    Path file = Files.createFile(base.resolve("file"));
    Path longOne = Files.createDirectories(base.resolve("long".repeat(20)));
    assertThatThrownBy(
            () ->
                RuntimeDirectory.create(
                    List.of(new RuntimeBase(file, false), new RuntimeBase(longOne, false))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " is not a writable directory")
        .hasMessageContaining(longOne + " is too long");
  }

  @Test
  void whatAKilledProgramLeftIsSweptWithItsProcesses() throws Exception {
    Process owner = holder();
    Path directory = Path.of(readLine(owner));
    ProcessHandle orphan = handle(readLine(owner));
    owner.destroyForcibly().waitFor();
    assertThat(directory).isDirectory();
    assertThat(orphan.isAlive()).isTrue();

    DirectorySweep.sweep(List.of(new RuntimeBase(base, true)));
    assertThat(directory).doesNotExist();
    assertThat(base).isEmptyDirectory();
    await().until(() -> !Processes.isAlive(orphan));
  }

  @Test
  void aLiveProgramIsNeverSwept() throws Exception {
    Process one = holder();
    Path first = Path.of(readLine(one));
    ProcessHandle child = handle(readLine(one));
    Process two = holder(); // sweeps as it acquires
    Path second = Path.of(readLine(two));
    ProcessHandle other = handle(readLine(two));
    for (int i = 0; i < 5; i++) {
      DirectorySweep.sweep(List.of(new RuntimeBase(base, false)));
    }
    assertThat(first).isDirectory().isNotEqualTo(second);
    assertThat(second).isDirectory();
    assertThat(child.isAlive()).isTrue();
    assertThat(other.isAlive()).isTrue();
    for (Process process : List.of(one, two)) {
      process.getOutputStream().close(); // tells it to end
      assertThat(process.waitFor()).isZero();
    }
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void aProgramThatEndsRunsItsActionsAndDeletesItsDirectory() throws Exception {
    Process process = holder();
    Path directory = Path.of(readLine(process));
    ProcessHandle child = handle(readLine(process));
    process.toHandle().destroy(); // Process.destroy would also close its input, which ends it
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(directory).doesNotExist();
    await().until(() -> !Processes.isAlive(child));
  }

  @Test
  void aDirectoryThatIsJustBeingMadeIsLeftAlone() throws Exception {
    RuntimeDirectory mine = createIn(base);
    Path fresh = Files.createDirectory(mine.path().resolveSibling("p1-00"));
    DirectorySweep.sweep(List.of(new RuntimeBase(base, false)));
    assertThat(fresh).isDirectory();
    Files.setLastModifiedTime(fresh, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
    DirectorySweep.sweep(List.of(new RuntimeBase(base, false)));
    assertThat(fresh).doesNotExist();
    directoryless(mine);
  }

  @Test
  void aSweepTouchesNothingElse() throws Exception {
    RuntimeDirectory mine = createIn(base);
    Path target = Files.createDirectory(base.resolve("target"));
    Files.createFile(target.resolve("lock"));
    Path link = mine.path().resolveSibling("p1-00");
    Files.createSymbolicLink(link, target);
    Path other = Files.createDirectory(mine.path().resolveSibling("something"));
    Files.createFile(other.resolve("lock"));
    DirectorySweep.sweep(List.of(new RuntimeBase(base, false)));
    assertThat(link).isSymbolicLink();
    assertThat(target.resolve("lock")).exists();
    assertThat(other.resolve("lock")).exists();
    assertThat(mine.path()).isDirectory();
    Files.delete(link);
    Files.delete(other.resolve("lock"));
    Files.delete(other);
    directoryless(mine);
  }

  @Test
  void programsThatComeAndGoWhileOthersSweepDoNotDisturbEachOther() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start(Children.javaBuilder(ComesAndGoes.class, base.toString())));
    }
    for (Process process : processes) {
      assertThat(readLine(process)).isEqualTo("done");
      assertThat(process.waitFor()).isZero();
    }
    // The user's own directory may be left by two programs that both leave it to the other, but
    // empty.
    try (var left = Files.walk(base)) {
      assertThat(left.filter(path -> path.getFileName().toString().matches("p\\d+-.*"))).isEmpty();
    }
  }

  private static RuntimeDirectory createIn(Path base) throws IOException {
    return RuntimeDirectory.create(List.of(new RuntimeBase(base, false)));
  }

  private static void directoryless(RuntimeDirectory directory) {
    directory.delete();
    assertThat(directory.path()).doesNotExist();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Process holder() {
    return start(Children.javaBuilder(Holder.class));
  }

  private Process start(ProcessBuilder builder) {
    builder.environment().put("XDG_RUNTIME_DIR", base.toString());
    return children.start(builder);
  }

  /// Holds a runtime directory and a child that has left its process group.
  static final class Holder {
    public static void main(String[] args) throws Exception {
      RuntimeDirectory directory = RuntimeDirectory.acquire();
      ProcessBuilder builder =
          new ProcessBuilder("sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 & echo $!");
      builder.environment().put(ProcessTree.COOKIE_VARIABLE, directory.cookie());
      Process child = builder.start();
      directory.onShutdown(
          () -> {
            throw new AssertionError("one action that fails");
          });
      directory.onShutdown(
          () -> ProcessTree.killCarriers(ProcessTree.COOKIE_VARIABLE, directory.cookie()));
      String pid = child.inputReader().readLine();
      RuntimeDirectory.awaitSweep();
      System.out.println(directory.path());
      System.out.println(pid);
      System.in.read();
    }
  }

  static final class ComesAndGoes {
    public static void main(String[] args) throws Exception {
      List<RuntimeBase> bases = List.of(new RuntimeBase(Path.of(args[0]), false));
      var sweeping = new AtomicBoolean(true);
      Thread sweeper =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    while (sweeping.get()) {
                      DirectorySweep.sweep(bases);
                    }
                  });
      for (int i = 0; i < 300; i++) {
        RuntimeDirectory directory = RuntimeDirectory.create(bases);
        Path file = Files.writeString(directory.file("socket"), "x");
        if (!Files.exists(file)) {
          throw new AssertionError("swept while it was held");
        }
        directory.delete();
      }
      if (!sweeper.isAlive()) {
        throw new AssertionError("the sweep failed");
      }
      sweeping.set(false); // ended in the middle of a deletion, it would leave half of it to others
      sweeper.join();
      System.out.println("done");
    }
  }
}
