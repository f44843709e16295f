package dev.telar.internal.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Makes and maps the files of arenas. They are never truncated: a process that touches a page that
/// is no longer there would be killed by SIGBUS.
final class ArenaFile {
  private static final int ZEROS = 1 << 20;

  private ArenaFile() {}

  /// Makes a file of zeros and maps it. The zeros are really written: mapping past the end of a
  /// full file system succeeds, and faults later.
  ///
  /// @throws SharedMemoryException if there is no space; nothing is left of the file then
  static MemorySegment create(Path file, long size) {
    return create(file, size, Arena.ofAuto());
  }

  /// As [#create(Path, long)], mapped until an arena closes.
  static MemorySegment create(Path file, long size, Arena arena) {
    try {
      FreeSpace.require(file, size);
      return stubbornly(() -> write(file, size, arena));
    } catch (IOException e) {
      throw new SharedMemoryException(reason(file, size, e), e);
    }
  }

  private static MemorySegment write(Path file, long size, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      try {
        var zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, size));
        for (long left = size; left > 0; ) {
          zeros.clear().limit((int) Math.min(zeros.capacity(), left));
          left -= channel.write(zeros);
        }
        return map(channel, size, arena);
      } catch (IOException | RuntimeException | Error e) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException alsoFailed) {
          e.addSuppressed(alsoFailed);
        }
        throw e;
      }
    }
  }

  /// Does something with a channel, which an interrupt of this thread would close: that is for what
  /// the thread waits for next, and not for this.
  private static <T> T stubbornly(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /// Maps a file that another process made, whole.
  ///
  /// @throws NoSuchFileException if it is gone
  /// @throws IOException if it is no file, or smaller than it should be
  static MemorySegment open(Path file, long leastSize) throws IOException {
    return open(file, leastSize, Arena.ofAuto());
  }

  /// As [#open(Path, long)], mapped until an arena closes.
  static MemorySegment open(Path file, long leastSize, Arena arena) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      if (!Files.exists(file, NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(file.toString());
      }
      throw new IOException(file + " is not a regular file");
    }
    return stubbornly(() -> attach(file, leastSize, arena));
  }

  private static MemorySegment attach(Path file, long leastSize, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size < leastSize) {
        throw new IOException(
            "%s is truncated: %d bytes of at least %d".formatted(file, size, leastSize));
      }
      return map(channel, size, arena);
    }
  }

  private static MemorySegment map(FileChannel channel, long size, Arena arena) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
  }

  static String reason(Path file, long size, IOException e) {
    String free = "";
    String message =
        e instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : String.valueOf(e.getMessage());
    try {
      var store = Files.getFileStore(file.getParent());
      free = ", where %s are free (%s)".formatted(bytes(store.getUsableSpace()), store.type());
    } catch (IOException unknown) {
      // the cause says enough
    }
    return "cannot make %s of shared memory in %s%s: %s. Free some space or make it larger (Docker: --shm-size=1g; XDG_RUNTIME_DIR names another place)"
        .formatted(bytes(size), file.getParent(), free, message);
  }

  static String bytes(long count) {
    if (count < 1 << 10) {
      return count + " bytes";
    }
    if (count < 1 << 20) {
      return (count >> 10) + " KiB";
    }
    return count < 1L << 30 ? (count >> 20) + " MiB" : (count >> 30) + " GiB";
  }
}
