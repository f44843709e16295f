package dev.telar.internal.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.telar.internal.system.UserDirectory;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Memory that programs find by its name: a file `m-<name>` in the user's folder.
///
/// ```
///     0  magic   8  version (4)   16  size   24  random number
///  4096  the memory
/// ```
///
/// It is made under another name and gets its own by a hard link, when it is complete: so nobody
/// ever finds half of it, of two makers one wins, and what a dead maker leaves is known by its
/// process id and removed by the next.
///
/// @param id tells it from another one that had the same name before
/// @param memory what users see
/// @param arena closed to unmap it
public record NamedMemory(String name, long id, MemorySegment memory, Arena arena) {
  private static final long MAGIC = 0x5445_4c41_524d_454dL;
  private static final int VERSION = 1;
  private static final long VERSION_AT = 8;
  private static final long SIZE_AT = 16;
  private static final long ID_AT = 24;
  private static final long HEADER = 4096;
  private static final int ATTEMPTS = 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern HALF_MADE = Pattern.compile("new-([0-9]+)-[0-9]+");
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /// Makes memory of zeros.
  ///
  /// @throws IllegalArgumentException if that is no name, or the size is not positive
  /// @throws SharedMemoryException if there is memory of this name, or no room
  public static NamedMemory create(String name, long size) {
    String file = fileName(name);
    if (size < 1 || size > Long.MAX_VALUE - HEADER) {
      throw new IllegalArgumentException("shared memory cannot have " + size + " bytes");
    }
    try {
      for (int attempt = 1; ; attempt++) {
        Path directory = UserDirectory.make();
        try {
          return create(directory, file, name, size);
        } catch (NoSuchFileException folderWasRemoved) {
          if (attempt == ATTEMPTS) {
            throw folderWasRemoved;
          }
        } catch (SharedMemoryException e) {
          if (attempt == ATTEMPTS || Files.isDirectory(directory)) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new SharedMemoryException(
          "cannot make the shared memory '" + name + "': " + describe(e), e);
    }
  }

  private static NamedMemory create(Path directory, String file, String name, long size)
      throws IOException {
    for (Path each : UserDirectory.existing()) {
      removeHalfMade(each);
      if (Files.exists(each.resolve(file))) {
        throw new FileAlreadyExistsException(each.resolve(file).toString());
      }
    }
    Path half =
        directory.resolve("new-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet());
    Arena arena = Arena.ofShared();
    try {
      MemorySegment all = ArenaFile.create(half, HEADER + size, arena);
      try {
        makePrivate(half);
        long id = ThreadLocalRandom.current().nextLong();
        all.set(ValueLayout.JAVA_INT, VERSION_AT, VERSION);
        all.set(ValueLayout.JAVA_LONG, SIZE_AT, size);
        all.set(ValueLayout.JAVA_LONG, ID_AT, id);
        all.set(ValueLayout.JAVA_LONG, 0, MAGIC);
        FaultPoint.at("memory.filled");
        publish(half, directory.resolve(file));
        FaultPoint.at("memory.published");
        return new NamedMemory(name, id, all.asSlice(HEADER, size), arena);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static void makePrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static void publish(Path half, Path whole) throws IOException {
    try {
      Files.createLink(whole, half);
    } catch (UnsupportedOperationException noLinksHere) {
      Files.move(half, whole);
    }
  }

  private static void removeHalfMade(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory, "new-*")) {
      for (Path entry : entries) {
        var name = HALF_MADE.matcher(entry.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  /// Maps memory that somebody has made.
  ///
  /// @throws IllegalArgumentException if that is no name
  /// @throws SharedMemoryException if there is none of this name, or what is there is not ours, of
  ///   another version, or truncated
  public static NamedMemory attach(String name, Arena arena) {
    String file = fileName(name);
    try {
      List<Path> directories = UserDirectory.existing();
      for (Path directory : directories) {
        if (Files.exists(directory.resolve(file), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
          return attach(directory.resolve(file), name, arena);
        }
      }
      throw new NoSuchFileException(
          name, null, "no program of this user has made it, or it was unlinked");
    } catch (IOException e) {
      throw new SharedMemoryException(
          "cannot attach the shared memory '" + name + "': " + describe(e), e);
    }
  }

  private static NamedMemory attach(Path file, String name, Arena arena) throws IOException {
    MemorySegment all = ArenaFile.open(file, HEADER, arena);
    if (all.get(ValueLayout.JAVA_LONG, 0) != MAGIC) {
      throw new IOException(file + " is not shared memory of Telar's");
    }
    int version = all.get(ValueLayout.JAVA_INT, VERSION_AT);
    if (version != VERSION) {
      throw new IOException(
          "%s is of version %d, and this Telar knows version %d".formatted(file, version, VERSION));
    }
    long size = all.get(ValueLayout.JAVA_LONG, SIZE_AT);
    if (size < 1 || size > all.byteSize() - HEADER) {
      throw new IOException(
          "%s is truncated: %d bytes of %d".formatted(file, all.byteSize() - HEADER, size));
    }
    return new NamedMemory(
        name, all.get(ValueLayout.JAVA_LONG, ID_AT), all.asSlice(HEADER, size), arena);
  }

  /// Takes the name away; whoever has mapped the memory keeps it.
  ///
  /// @return false if there is none of this name
  /// @throws IllegalArgumentException if that is no name
  public static boolean unlink(String name) {
    String file = fileName(name);
    boolean found = false;
    try {
      for (Path directory : UserDirectory.existing()) {
        found |= Files.deleteIfExists(directory.resolve(file));
      }
      return found;
    } catch (IOException e) {
      throw new SharedMemoryException(
          "cannot unlink the shared memory '" + name + "': " + describe(e), e);
    }
  }

  private static String fileName(String name) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw new IllegalArgumentException(
          "'"
              + shortened(name)
              + "' is no name for shared memory: at most 64 of A-Z, a-z, 0-9, '.', '_' and '-', the"
              + " first a letter or a digit, and no '..'");
    }
    return "m-" + name;
  }

  private static String shortened(String name) {
    return name.getBytes(UTF_8).length <= 80 ? name : name.substring(0, 40) + "…";
  }

  private static String describe(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException _ ->
          "there is one; attach it, or unlink it first (" + e.getMessage() + ")";
      case NoSuchFileException missing when missing.getReason() != null -> missing.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
