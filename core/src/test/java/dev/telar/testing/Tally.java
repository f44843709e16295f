package dev.telar.testing;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Lines that any process appends to one file: who ran, how often, in which order.
///
/// @param path the file
public record Tally(String path) implements Serializable {

  /// An empty tally in a folder.
  public static Tally in(Path folder, String name) {
    return new Tally(folder.resolve(name).toString());
  }

  /// Appends a line.
  public void add(Object line) {
    try {
      Files.writeString(
          Path.of(path), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All lines so far.
  public List<String> lines() {
    try {
      return Files.exists(Path.of(path)) ? Files.readAllLines(Path.of(path)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The number of lines so far.
  public int count() {
    return lines().size();
  }
}
