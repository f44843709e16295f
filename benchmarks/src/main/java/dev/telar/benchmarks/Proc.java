package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux says of the memory of processes.
final class Proc {

  private static final long KIB = 1024;

  private Proc() {}

  /// A figure of a file that gives them in kB, which are 1024 bytes there.
  ///
  /// @param file below `/proc`
  /// @param key what its line begins with
  /// @throws IOException if there is no such file or line
  static long bytes(String file, String key) throws IOException {
    Path path = Path.of("/proc").resolve(file);
    try (var lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElseThrow(() -> new IOException(path + " has no " + key));
    }
  }
}
