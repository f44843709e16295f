package dev.telar.internal.memory;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether there is room, asked before gigabytes of zeros are written to find out.
///
/// A file system in memory may promise more than the machine has: then the kernel would end some
/// process, maybe this one, instead of refusing to write.
final class FreeSpace {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final long WORTH_READING = 16L << 20;

  private FreeSpace() {}

  /// Checks that a new file of this size can be made.
  ///
  /// @throws IOException if not
  static void require(Path file, long size) throws IOException {
    FileStore store = Files.getFileStore(file.getParent());
    if (size > store.getUsableSpace()) {
      throw new IOException("No space left on device"); // the words of a full disk
    }
    if (size > WORTH_READING && store.type().equals("tmpfs") && size > availableMemory()) {
      throw new IOException(
          "the machine has only " + ArenaFile.bytes(availableMemory()) + " of memory left");
    }
  }

  private static long availableMemory() {
    long kib = 0;
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith("MemAvailable:") || line.startsWith("SwapFree:")) {
          kib += Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException | NumberFormatException unknown) {
      return Long.MAX_VALUE;
    }
    return kib == 0 ? Long.MAX_VALUE : kib << 10;
  }
}
