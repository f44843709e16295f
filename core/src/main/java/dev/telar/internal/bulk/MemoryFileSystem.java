package dev.telar.internal.bulk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether files of a directory are in memory, and what room there is.
final class MemoryFileSystem {
  private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

  private MemoryFileSystem() {}

  /// Whether so many bytes would take at most half of what is free. On Linux only a tmpfs will do:
  /// the pages of a mapped file on a disk are written to it again and again.
  static boolean hasRoom(Path directory, long bytes) throws IOException {
    FileStore store = Files.getFileStore(directory);
    return (!LINUX || store.type().equals("tmpfs")) && bytes <= store.getUsableSpace() / 2;
  }
}
