package dev.telar.internal.memory;

import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A new arena's directory and first file, of zeros.
///
/// @param directory for all that is the arena's
/// @param first its first file, mapped
record ArenaStart(Path directory, MemorySegment first) {
  private static final System.Logger LOG = System.getLogger(ArenaStart.class.getName());

  /// The place of this program's arenas; to be released.
  ///
  /// @throws SharedMemoryException if there is none; it says where one was looked for
  static RuntimeDirectory place() {
    try {
      return RuntimeDirectory.acquire();
    } catch (UncheckedIOException e) {
      IOException reason = Objects.requireNonNull(e.getCause());
      throw new SharedMemoryException(
          "there is no place for shared memory: "
              + reason.getMessage()
              + ". Let XDG_RUNTIME_DIR name one",
          reason);
    }
  }

  /// Makes one; if there is no room, on another file system, which may be slower.
  ///
  /// @param name of the directory
  /// @param file name of the file
  /// @throws SharedMemoryException if there is no room anywhere; nothing is left then
  static ArenaStart make(RuntimeDirectory runtime, String name, String file, long size) {
    try {
      return in(runtime.file(name), file, size);
    } catch (SharedMemoryException noRoom) {
      try {
        ArenaStart other = in(runtime.elsewhere().resolve(name), file, size);
        LOG.log(
            System.Logger.Level.WARNING,
            "a Shared is in {0}, since there is no room in {1}: slower, if that is a disk",
            other.directory,
            runtime.path());
        return other;
      } catch (IOException | SharedMemoryException nowhere) {
        noRoom.addSuppressed(nowhere);
        throw noRoom;
      }
    }
  }

  private static ArenaStart in(Path directory, String file, long size) {
    try {
      Files.createDirectory(directory); // private already: nobody else may enter its parent
    } catch (IOException e) {
      throw new SharedMemoryException(
          "cannot make a directory for shared memory: " + e.getMessage(), e);
    }
    try {
      return new ArenaStart(directory, ArenaFile.create(directory.resolve(file), size));
    } catch (SharedMemoryException e) {
      try {
        Files.deleteIfExists(directory);
      } catch (IOException goesWithTheRuntimeDirectory) {
        e.addSuppressed(goesWithTheRuntimeDirectory);
      }
      throw e;
    }
  }
}
