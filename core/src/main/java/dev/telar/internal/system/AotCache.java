package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a child JVM loads and links at its start, prepared ahead of time: the AOT cache of JDK 25
/// (JEP 483, 514, 515). With it, a worker is up in about half the time.
///
/// It is a file in the user's cache folder, made with Telar's jar alone, which is first on the
/// class path of every child; so it fits whatever comes after it. Its name says for which JDK, jar
/// and options it was made, since with any other it would not be used, and cost the JDK's own
/// archive besides. Never needed: where there is none, children start as usual.
///
/// The property `telar.aotCache` names another folder, or is `off`.
public final class AotCache {

  /// What the JVM has to say of a cache that it cannot use is nobody's business.
  static final String SILENCE = "-Xlog:aot*=off:stderr";

  private static final String PROPERTY = "telar.aotCache";
  private static final int FIRST_VERSION = 25;
  private static final int MOST_FILES = 12;
  private static final Duration UNUSED = Duration.ofDays(30);
  private static final Duration UNFINISHED = Duration.ofHours(1);
  private static final long STEP_SECONDS = 60;

  /// With these the JVM does not use a cache, or a user has one of their own.
  private static final List<String> WITHOUT =
      List.of(
          "-javaagent:",
          "-agent",
          "-Xrun",
          "-Xshare:",
          "-XX:SharedArchiveFile",
          "-XX:AOT",
          "-XX:+AutoCreateSharedArchive");

  /// What this program is making, by lock file.
  private static final Set<Path> UNDER_WAY = ConcurrentHashMap.newKeySet();

  private final Path java;
  private final Path jar;
  private final String mainClass;
  private final List<String> options;
  private final Path folder;
  private final String name;

  private AotCache(
      Path java, Path jar, String mainClass, List<String> options, Path folder, String name) {
    this.java = java;
    this.jar = jar;
    this.mainClass = mainClass;
    this.options = options;
    this.folder = folder;
    this.name = name;
  }

  /// The cache for a command, whether or not there is a file yet.
  ///
  /// @param java the program
  /// @param own where the child finds Telar's classes, first on its class path
  /// @param options all of its options but the class path
  /// @param telling those of them that decide whether a cache fits
  /// @return null if there cannot be one
  static @Nullable AotCache of(
      Path java, Path own, String mainClass, List<String> options, List<String> telling) {
    String place = System.getProperty(PROPERTY, "");
    boolean refused =
        telling.stream().anyMatch(option -> WITHOUT.stream().anyMatch(option::startsWith));
    if (place.equals("off") || refused || !Files.isRegularFile(own)) {
      return null;
    }
    try {
      var home = JavaHome.of(java);
      Path folder = place.isEmpty() ? UserFolders.cache("aot") : Path.of(place);
      if (folder == null || home.version() < FIRST_VERSION) {
        return null;
      }
      String key = String.join("\n", home.release(), stamp(own), String.join("\n", telling));
      return new AotCache(
          java, own, mainClass, List.copyOf(options), folder, "telar-" + digest(key));
    } catch (IOException | RuntimeException unknown) {
      return null; // no JDK that says what it is: then without
    }
  }

  private static String stamp(Path jar) throws IOException {
    return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
  }

  private static String digest(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  private Path file(String ending) {
    return folder.resolve(name + ending);
  }

  private Path cache() {
    return file(".aot");
  }

  /// Options for a child that starts now: the cache, if there is one.
  List<String> options() {
    Path cache = cache();
    return Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /// Whether there is a file, or it is known that none can be made. One that is there is marked as
  /// used.
  public boolean isSettled() {
    try {
      Files.setLastModifiedTime(cache(), FileTime.from(Instant.now()));
      return true;
    } catch (IOException none) {
      return Files.exists(file(".none"));
    }
  }

  /// Makes the file, unless another program is about to.
  ///
  /// @param rehearsal runs a child with the command that it is given to its end, and says whether
  ///   it ended well
  /// @param cookie marks what is started here besides ([RuntimeDirectory#cookie()])
  /// @param started told of each of those, how to end it if need be
  /// @return whether it is there now
  public boolean make(Rehearsal rehearsal, String cookie, Consumer<Runnable> started)
      throws IOException, InterruptedException {
    UserFolders.create(folder);
    if (!UNDER_WAY.add(file(".lock"))) {
      return false; // and a second channel to that file, once closed, would give up the lock
    }
    try {
      return makeAlone(rehearsal, cookie, started);
    } finally {
      UNDER_WAY.remove(file(".lock"));
    }
  }

  private boolean makeAlone(Rehearsal rehearsal, String cookie, Consumer<Runnable> started)
      throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(file(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || isSettled()) {
        return Files.exists(cache());
      }
      // Nobody else's, even if a lock file went away between two who wanted it.
      String own = "-" + ProcessHandle.current().pid();
      Path configuration = file(own + ".conf");
      Path unfinished = file(own + ".new");
      try {
        boolean made =
            rehearsal.run(command("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration))
                && Files.exists(configuration)
                && run(
                    cookie,
                    started,
                    "-XX:AOTMode=create",
                    "-XX:AOTConfiguration=" + configuration,
                    "-XX:AOTCache=" + unfinished)
                && Files.exists(unfinished);
        if (!made) {
          return false; // somebody ended it, perhaps: another time
        }
        if (!run(cookie, started, "-XX:AOTMode=on", "-XX:AOTCache=" + unfinished, "-version")) {
          Files.createFile(file(".none"));
          return false;
        }
        Files.move(unfinished, cache(), StandardCopyOption.ATOMIC_MOVE);
        tidy();
        return true;
      } finally {
        Files.deleteIfExists(configuration);
        Files.deleteIfExists(unfinished);
        Files.deleteIfExists(file(".lock"));
      }
    }
  }

  /// A child that is recorded, with nothing but Telar on its class path.
  private JavaCommand command(String... more) {
    List<String> command = new ArrayList<>(plain(more));
    command.add(mainClass);
    return new JavaCommand(command, null);
  }

  private List<String> plain(String... more) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of(more));
    command.add("-cp");
    command.add(jar.toString());
    return command;
  }

  private boolean run(String cookie, Consumer<Runnable> started, String... more)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(plain(more));
    builder.environment().put(ProcessTree.COOKIE_VARIABLE, cookie);
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.accept(process::destroyForcibly);
    try {
      process.getOutputStream().close();
      return process.waitFor(STEP_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  /// Deletes caches that were not used of late, of other versions most likely, and what programs
  /// that were killed have left.
  private void tidy() throws IOException {
    keep("telar-*.{aot,none}", MOST_FILES, UNUSED);
    keep("telar-*.{conf,new,lock}", Integer.MAX_VALUE, UNFINISHED);
  }

  private void keep(String names, int most, Duration age) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var all = Files.newDirectoryStream(folder, names)) {
      all.forEach(files::add);
    }
    FileTime old = FileTime.from(Instant.now().minus(age));
    files.sort((a, b) -> used(b).compareTo(used(a)));
    for (int i = 0; i < files.size(); i++) {
      if (i >= most || used(files.get(i)).compareTo(old) < 0) {
        Files.deleteIfExists(files.get(i));
      }
    }
  }

  private static FileTime used(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  /// Runs a worker once, so that it can be seen what it loads.
  @FunctionalInterface
  public interface Rehearsal {
    boolean run(JavaCommand command) throws InterruptedException;
  }
}
