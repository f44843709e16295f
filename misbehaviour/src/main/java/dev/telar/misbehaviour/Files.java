package dev.telar.misbehaviour;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Accidents with files.
final class Files {

  private static final long LARGEST_DISK = 1L << 30;
  private static final int BLOCK = 1 << 16;
  private static final int FIRST_OWN = 3;
  private static final int MOST_DESCRIPTORS = 1024;

  /// Static, lest a collection close them.
  private static final List<FileInputStream> OPEN = new ArrayList<>();

  private Files() {}

  static @Nullable Object takeEveryDescriptor() throws IOException {
    while (true) {
      OPEN.add(new FileInputStream("/dev/null"));
    }
  }

  static @Nullable Object closeEveryDescriptor() {
    Native.closeAll(FIRST_OWN, MOST_DESCRIPTORS);
    return null;
  }

  static @Nullable Object fillTheDisk() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    long size = java.nio.file.Files.getFileStore(folder).getTotalSpace();
    if (size > LARGEST_DISK) {
      throw new IllegalStateException(
          "the disk of %s has %d MiB, too many to fill: set java.io.tmpdir to a smaller one"
              .formatted(folder, size >> 20));
    }
    Path file = java.nio.file.Files.createTempFile(folder, "misbehaviour", ".full");
    try (OutputStream out = java.nio.file.Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[BLOCK]);
      }
    }
  }

  /// Deletes what is mapped in shared memory, as `/proc` tells, and the sockets that the command
  /// line names.
  static @Nullable Object deleteItsOwn() throws IOException {
    for (Path file : ownFiles()) {
      java.nio.file.Files.deleteIfExists(file);
    }
    return null;
  }

  private static List<Path> ownFiles() throws IOException {
    List<String> maps = java.nio.file.Files.readAllLines(Path.of("/proc/self/maps"));
    Stream<String> mapped =
        maps.stream()
            .filter(line -> line.contains(" rw-s ") && line.contains("/"))
            .map(line -> line.substring(line.indexOf('/')));
    String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
    Stream<String> named = Stream.of(arguments).filter(it -> it.endsWith(".sock"));
    return Stream.concat(mapped, named).distinct().map(Path::of).toList();
  }
}
