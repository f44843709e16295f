package dev.telar.internal.memory;

import dev.telar.internal.system.MachineLimits;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Whether there is room, asked before gigabytes of zeros are written to find out.
///
/// A file system in memory may promise more than the machine has, or the container may take: then
/// the kernel would end some process, maybe this one, instead of refusing to write.
final class FreeSpace {
  private static final long WORTH_READING = 16L << 20;

  private FreeSpace() {}

  /// As [#require], but of a file whose end is met soon enough by writing it, nothing is asked.
  ///
  /// @throws IOException if there is no room
  static void requireIfLarge(Path file, long size) throws IOException {
    if (size > WORTH_READING) {
      require(file, size);
    }
  }

  /// Checks that a new file of this size can be made.
  ///
  /// @throws IOException if not
  static void require(Path file, long size) throws IOException {
    require(file, size, MachineLimits::availableMemory);
  }

  /// As [#require(Path, long)], on a machine that has so much memory left.
  static void require(Path file, long size, LongSupplier memory) throws IOException {
    FileStore store = Files.getFileStore(file.getParent());
    if (size > store.getUsableSpace()) {
      throw new IOException("No space left on device"); // the words of a full disk
    }
    if (size > WORTH_READING && store.type().equals("tmpfs")) {
      long left = memory.getAsLong();
      if (size > left) {
        throw new IOException(
            "the machine, or the container, has only " + ArenaFile.bytes(left) + " of memory left");
      }
    }
  }
}
