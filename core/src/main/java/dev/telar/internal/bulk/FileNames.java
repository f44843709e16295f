package dev.telar.internal.bulk;

import java.nio.file.Path;
import java.util.Objects;

/// What the files are called: `b7` is a parent's, `w3-b7` that of the worker at socket `w3.sock`.
final class FileNames {
  static final String PARENT = "b";

  private FileNames() {}

  static Path directory(Path socket) {
    return Objects.requireNonNull(socket.getParent());
  }

  static String ofWorker(Path socket) {
    return socket.getFileName().toString().replace(".sock", "-b");
  }
}
