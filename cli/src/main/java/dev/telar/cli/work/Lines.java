package dev.telar.cli.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Reads items that come one in a line.
public final class Lines {

  private Lines() {}

  /// The lines of a file that are not blank, without the spaces around them.
  ///
  /// @param file the file, in UTF-8
  /// @return its lines, perhaps none
  /// @throws InputException if it cannot be read
  public static List<String> of(Path file) throws InputException {
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file with one item in a line");
    }
    try (var lines = Files.lines(file)) {
      return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new InputException(file.toString(), e);
    } catch (UncheckedIOException e) {
      throw new InputException(file + " is not text in UTF-8");
    }
  }

  /// Copies standard input to a file, for the JVMs that run the items have none of their own.
  ///
  /// @return the file; it is gone when this JVM ends, if not deleted before
  /// @throws IOException if it cannot be written
  public static Path ofStandardInput() throws IOException {
    Path copy = Files.createTempFile("telar-input", ".txt");
    copy.toFile().deleteOnExit();
    Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
    return copy;
  }
}
