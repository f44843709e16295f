package dev.telar.examples.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files found on this machine (the JDK's and the system's documentation), broken copies of them,
/// and some that were made to do harm.
///
/// @param sound the files as they were found
/// @param hostile the broken copies and the bombs
/// @param folder where the latter are, until this is closed
public record Documents(List<Path> sound, List<Path> hostile, Path folder)
    implements AutoCloseable {

  private static final List<String> TYPES =
      List.of("gz", "html", "md", "txt", "pdf", "png", "svg", "xml", "jar", "zip", "properties");
  private static final List<Path> PLACES =
      List.of(Path.of(System.getProperty("java.home")), Path.of("/usr/share/doc"));
  private static final long LARGEST = 1 << 18;

  /// Gathers them.
  ///
  /// @param most how many sound ones at most, of all types alike
  /// @return the documents; close them to delete the copies
  /// @throws IOException if the copies cannot be written
  public static Documents gather(int most) throws IOException {
    List<Path> sound = found(most);
    Path folder = Files.createTempDirectory("documents");
    List<Path> hostile = new ArrayList<>(Damage.copies(sound, folder));
    hostile.addAll(Damage.bombs(folder));
    return new Documents(sound, hostile, folder);
  }

  private static List<Path> found(int most) {
    var byType = new TreeMap<String, List<Path>>();
    for (Path place : PLACES) {
      files(place)
          .forEach(file -> byType.computeIfAbsent(type(file), it -> new ArrayList<>()).add(file));
    }
    int each = Math.max(1, most / Math.max(1, byType.size()));
    return byType.values().stream()
        .map(files -> files.subList(0, Math.min(each, files.size())))
        .flatMap(Collection::stream)
        .toList();
  }

  private static List<Path> files(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(file -> TYPES.contains(type(file)) && isHandy(file))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // not there, or not ours to read
    }
  }

  private static boolean isHandy(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.isReadable(file)
          && Files.size(file) > 0
          && Files.size(file) <= LARGEST;
    } catch (IOException e) {
      return false;
    }
  }

  private static String type(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// Deletes the copies.
  @Override
  public void close() throws IOException {
    for (Path file : hostile) {
      Files.deleteIfExists(file);
    }
    Files.delete(folder);
  }
}
