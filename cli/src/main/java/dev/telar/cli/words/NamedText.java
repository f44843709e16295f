package dev.telar.cli.words;

import dev.telar.cli.work.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Text that the user named: a file, a folder with everything below it, or a zip.
///
/// In folders, names that begin with a dot are left out, symbolic links are not followed, and
/// archives are files like others (binary, hence skipped); a zip or jar counts when it is named
/// itself.
final class NamedText {

  private NamedText() {}

  /// Looks at one argument.
  ///
  /// @throws InputException if there is nothing to read
  static Text of(String argument) throws InputException {
    Path path = path(argument);
    try {
      if (Files.isDirectory(path)) {
        return folder(path);
      }
      if (!Files.exists(path)) {
        throw new InputException(
            "no such file or folder: " + argument + "; name a text file, a folder or a zip");
      }
      if (!Files.isRegularFile(path)) {
        throw new InputException(
            argument + " is no regular file; save the text to a file and name that");
      }
      return isZip(path, argument) ? zip(path) : file(path);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException(argument, e);
    }
  }

  private static Path path(String argument) throws InputException {
    try {
      return Path.of(argument).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new InputException("no such file or folder: " + argument + " (" + e.getReason() + ")");
    }
  }

  private static boolean isZip(Path path, String argument) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(4);
    }
    boolean magic = head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] < 8;
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (!magic && (name.endsWith(".zip") || name.endsWith(".jar"))) {
      throw new InputException(argument + " is not a zip; rename it if it holds plain text");
    }
    return magic;
  }

  private static Text file(Path path) throws IOException {
    return new Text(
        path.toString(), 1, List.of(new FileRange(path.toString(), 0, Files.size(path))));
  }

  private static Text zip(Path path) throws IOException {
    ZipEntries entries = ZipEntries.all(path.toString());
    return new Text(path.toString(), entries.to(), List.of(entries));
  }

  private static Text folder(Path folder) throws IOException {
    var files = new ArrayList<FileRange>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return !inner.equals(folder) && isHidden(inner)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
              files.add(new FileRange(file.toString(), 0, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException error)
              throws InputException {
            throw new InputException(file.toString(), error);
          }
        });
    files.sort(Comparator.comparing(FileRange::path));
    return new Text(folder.toString(), files.size(), files);
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }
}
