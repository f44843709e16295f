package dev.telar.cli.words;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The class files of one package of the running JDK: the names and strings in their constant
/// pools, for JDKs that ship without sources.
///
/// @param path the folder in the file system `jrt:/`
/// @param bytes how long the class files are together
record ClassFolder(String path, long bytes) implements Piece {

  static FileSystem jdk() {
    return FileSystems.getFileSystem(URI.create("jrt:/"));
  }

  @Override
  public List<ClassFolder> split(long limit) {
    return List.of(this);
  }

  @Override
  public void count(TextCounter counter) throws IOException {
    try (DirectoryStream<Path> classes = Files.newDirectoryStream(jdk().getPath(path), "*.class")) {
      for (Path file : classes) {
        var model = ClassFile.of().parse(Files.readAllBytes(file));
        for (PoolEntry entry : model.constantPool()) {
          if (entry instanceof Utf8Entry text) {
            counter.count(separated(text.stringValue()));
          }
        }
      }
    }
  }

  /// Puts spaces between the words of a name: `parseHTTPHeader` becomes `parse HTTP Header`.
  static String separated(String name) {
    var text = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 && Character.isUpperCase(c)) {
        boolean afterLower = Character.isLowerCase(name.charAt(i - 1));
        boolean beforeLower = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        if (afterLower || (beforeLower && Character.isUpperCase(name.charAt(i - 1)))) {
          text.append(' ');
        }
      }
      text.append(c);
    }
    return text.toString();
  }
}
