package dev.telar.internal.bulk;

import dev.telar.internal.system.MachineLimits;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Whether files of a directory are in memory, and what room there is.
final class MemoryFileSystem {
  private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

  private static final long WORTH_READING = 16L << 20;

  private MemoryFileSystem() {}

  /// Whether so many bytes would take at most half of what is free. On Linux only a tmpfs will do:
  /// the pages of a mapped file on a disk are written to it again and again. What it promises may
  /// be more than the machine, or the container, has left: taking that would cost some process its
  /// life.
  static boolean hasRoom(Path directory, long bytes) throws IOException {
    return hasRoom(directory, bytes, MachineLimits::availableMemory);
  }

  /// As [#hasRoom(Path, long)], on a machine that has so much memory left.
  static boolean hasRoom(Path directory, long bytes, LongSupplier memory) throws IOException {
    FileStore store = Files.getFileStore(directory);
    return (!LINUX || store.type().equals("tmpfs"))
        && bytes <= store.getUsableSpace() / 2
        && (bytes <= WORTH_READING || bytes <= memory.getAsLong() / 2);
  }
}
