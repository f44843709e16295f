package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/// The files of a run: JSON, the table, and a picture of each curve.
final class Results {

  private Results() {}

  /// Writes them.
  ///
  /// @param report the results
  /// @param folder where
  /// @param name what they are called, before the dot
  /// @return the JSON file
  /// @throws IOException if they cannot be written
  static Path write(Report report, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path json = Files.writeString(folder.resolve(name + ".json"), ReportJson.write(report));
    Files.writeString(folder.resolve(name + ".txt"), Table.text(report));
    draw(report, folder, name + "-");
    return json;
  }

  /// Draws the curves. A machine without fonts cannot; their figures are in the JSON file.
  static void draw(Report report, Path folder, String prefix) throws IOException {
    for (Drawing drawing : report.drawings()) {
      try {
        Chart.write(drawing, folder.resolve(prefix + drawing.row() + ".svg"));
      } catch (RuntimeException | LinkageError e) {
        System.err.println("telar bench: " + drawing.row() + " is not drawn: " + e);
      }
    }
  }

  /// The JSON file of the last full run.
  ///
  /// @param folder where
  /// @return empty if there is none
  /// @throws IOException if they cannot be read
  static Optional<Path> lastFull(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json") && isFull(file))
          .max(Comparator.comparing(Path::toString));
    }
  }

  private static boolean isFull(Path file) {
    try {
      return ReportJson.read(Files.readString(file)).depth() == Depth.FULL;
    } catch (IOException e) {
      return false; // of another version
    }
  }
}
