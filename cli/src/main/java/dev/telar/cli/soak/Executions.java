package dev.telar.cli.soak;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Which tasks of a round have been begun how often, in a file that outlives every worker: each
/// execution appends four bytes, which the kernel does as one.
///
/// @param file its path; a string, because it travels
record Executions(String file) implements Serializable {

  static Executions in(Path folder, String name) throws IOException {
    return new Executions(Files.createFile(folder.resolve(name)).toString());
  }

  /// Called by a task, first of all.
  ///
  /// @throws IOException if the round is over, and the file gone
  void begun(int task) throws IOException {
    try (var channel = Files.newByteChannel(Path.of(file), StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, task));
    }
  }

  /// How often each of so many tasks has been begun.
  int[] counts(int tasks) throws IOException {
    int[] counts = new int[tasks];
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file)));
    while (bytes.hasRemaining()) {
      counts[bytes.getInt()]++;
    }
    return counts;
  }

  void delete() throws IOException {
    Files.delete(Path.of(file));
  }
}
