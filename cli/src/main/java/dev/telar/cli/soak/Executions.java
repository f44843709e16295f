package dev.telar.cli.soak;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Which tasks of a round have been begun how often, in a file that outlives every worker: each
/// execution appends four bytes, which the kernel does as one.
///
/// @param file its path; a string, because it travels
record Executions(String file) implements Serializable {

  /// So many items a task may have.
  static final int MOST_ITEMS = 16;

  static Executions in(Path folder, String name) throws IOException {
    return new Executions(Files.createFile(folder.resolve(name)).toString());
  }

  /// Called by a task, first of all.
  ///
  /// @throws IOException if the round is over, and the file gone
  void begun(int task) throws IOException {
    begun(task, 0);
  }

  /// The same for one of the items of a task.
  void begun(int task, int item) throws IOException {
    try (var channel = Files.newByteChannel(Path.of(file), StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, task * MOST_ITEMS + item));
    }
  }

  /// How often each of so many tasks has been begun, or the one of its items that was begun most
  /// often.
  int[] counts(int tasks) throws IOException {
    int[] counts = new int[tasks * MOST_ITEMS];
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file)));
    while (bytes.hasRemaining()) {
      counts[bytes.getInt()]++;
    }
    return IntStream.range(0, tasks).map(task -> most(counts, task * MOST_ITEMS)).toArray();
  }

  private static int most(int[] counts, int from) {
    return Arrays.stream(counts, from, from + MOST_ITEMS).max().orElse(0);
  }

  void delete() throws IOException {
    Files.delete(Path.of(file));
  }
}
