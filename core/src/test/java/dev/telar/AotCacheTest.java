package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Jars;
import dev.telar.testing.JavaProgram;
import dev.telar.testing.Processes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What makes workers start sooner: made in the background, used when it is there, never noticed
/// otherwise.
class AotCacheTest {

  @TempDir static Path common;
  @TempDir Path folder;
  private static Path jar;

  /// The cache that the first program has made.
  private static Path made;

  private Path caches;

  /// Tells the options of a worker's JVM, and waits for the cache if told to.
  static final class Program {
    public static void main(String[] args) throws Exception {
      try (var pool = ProcessPool.builder().workers(1).jvmArgs(options(args)).build()) {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
        System.out.println(
            Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' '));
        if (args[0].equals("wait")) {
          await().atMost(55, SECONDS).until(() -> made(Path.of(args[1])));
        } else if (args[0].equals("begin")) {
          await().atMost(55, SECONDS).until(() -> !list(Path.of(args[1])).isEmpty());
        }
      }
    }

    private static String[] options(String[] args) {
      return List.of(args).subList(2, args.length).toArray(String[]::new);
    }
  }

  @BeforeAll
  static void makeOne() {
    jar = Jars.write(common.resolve("telar.jar"), Map.of(), Jars.contentsOf(Pool.class));
    Path caches = common.resolve("caches");
    String first = run(caches.toString(), "wait", caches.toString()).out();
    assertThat(first).doesNotContain("AOTCache");
    assertThat(list(caches)).hasSize(1);
    made = list(caches).getFirst();
  }

  /// A folder of this test's own, with the cache.
  @BeforeEach
  void copyIt() throws IOException {
    caches = Files.createDirectory(folder.resolve("caches"));
    Files.copy(made, caches.resolve(made.getFileName()));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (java.nio.file.NoSuchFileException notYet) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean made(Path caches) {
    return list(caches).stream().anyMatch(file -> file.toString().endsWith(".aot"));
  }

  /// Runs the program with Telar in a jar, and the tests' classes behind it.
  private static JavaProgram.Outcome run(String place, String... args) {
    String telar = Path.of("").toAbsolutePath().toString();
    var classPath = new ArrayList<String>();
    classPath.add(jar.toString());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      boolean own = entry.startsWith(telar) && !entry.contains("test-classes");
      if (!own) {
        classPath.add(entry);
      }
    }
    var command = new ArrayList<>(List.of("-Dtelar.aotCache=" + place, "-cp"));
    command.add(String.join(File.pathSeparator, classPath));
    command.add(Program.class.getName());
    command.addAll(List.of(args));
    try (var program = JavaProgram.java(command, List.of())) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.err()).as("errors of %s", List.of(args)).isEmpty();
      assertThat(outcome.exitCode()).isZero();
      return outcome;
    }
  }

  @Test
  void aPoolMakesItForThisUserAloneAndTheNextPoolUsesIt() throws Exception {
    assertThat(Files.size(made)).isPositive();
    Path folder = common.resolve("caches");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    String out = run(caches.toString(), "go", "").out();
    assertThat(out).contains("-XX:AOTCache=" + caches.resolve(made.getFileName()));
    assertThat(out.lines()).hasSize(1);
  }

  @Test
  void anotherSetOfOptionsHasACacheOfItsOwn() {
    assertThat(run(caches.toString(), "go", "", "-XX:+UseParallelGC").out())
        .doesNotContain("AOTCache");
    assertThat(run(caches.toString(), "go", "", "-Dsome=property", "-Xlog:gc=off").out())
        .contains("AOTCache");
  }

  @Test
  void aJarThatHasChangedIsAnotherOne() throws Exception {
    FileTime before = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    try {
      assertThat(run(caches.toString(), "go", "").out()).doesNotContain("AOTCache");
    } finally {
      Files.setLastModifiedTime(jar, before);
    }
  }

  @Test
  void aBrokenOneIsOnlySlow() throws Exception {
    try (var channel = FileChannel.open(list(caches).getFirst(), StandardOpenOption.WRITE)) {
      channel.truncate(100_000);
    }
    String out = run(caches.toString(), "go", "").out();
    assertThat(out).contains("AOTCache");
    assertThat(out.lines()).hasSize(1);
  }

  @Test
  void aPoolThatIsClosedMeanwhileLeavesNothing() {
    Path other = folder.resolve("other");
    run(other.toString(), "begin", other.toString());
    assertThat(list(other)).isEmpty();
    assertThat(ProcessHandle.allProcesses().filter(process -> mentions(process, other))).isEmpty();
  }

  private static boolean mentions(ProcessHandle process, Path path) {
    return Processes.isAlive(process)
        && process.info().commandLine().filter(line -> line.contains(path.toString())).isPresent();
  }

  @Test
  void switchedOffThereIsNone() {
    assertThat(run("off", "go", "").out()).doesNotContain("AOTCache");
  }

  @Test
  void aUsersOwnCacheIsLeftAlone() {
    assertThat(run(caches.toString(), "go", "", "-Xshare:auto").out()).doesNotContain("AOTCache");
    assertThat(run(caches.toString(), "go", "", "-XX:AOTMode=off").out())
        .doesNotContain("AOTCache");
  }

  @Test
  void aPlaceWhereNothingCanBeMadeIsNoTrouble() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run(file.toString(), "go", "").out().lines()).hasSize(1);
  }
}
