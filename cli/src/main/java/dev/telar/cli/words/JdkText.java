package dev.telar.cli.words;

import dev.telar.cli.work.InputException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The text that every machine with Telar has: the sources of a JDK, or the strings in its classes.
///
/// Of the sources, the modules `java.*` are read: some 120 MB that people wrote. Much of the rest
/// is tables that a program wrote.
final class JdkText {

  private JdkText() {}

  /// The sources of the running JDK, else of a JDK that is installed beside it, else the strings in
  /// the classes of the running one.
  static Text find() throws InputException {
    return sources(Path.of(System.getProperty("java.home"))).orElseGet(JdkText::classes);
  }

  /// The `lib/src.zip` of a JDK or of one beside it.
  static Optional<Text> sources(Path javaHome) {
    var homes = new ArrayList<Path>();
    homes.add(javaHome);
    Path folder = javaHome.getParent();
    if (folder != null) {
      try (Stream<Path> beside = Files.list(folder)) {
        // Newest first, as far as names tell.
        beside.sorted(Comparator.reverseOrder()).forEach(homes::add);
      } catch (IOException e) {
        // A folder that cannot be listed offers no JDK: the classes are there in any case.
      }
    }
    return homes.stream()
        .map(home -> home.resolve("lib/src.zip"))
        .flatMap(JdkText::zip)
        .findFirst();
  }

  private static Stream<Text> zip(Path path) {
    // Some packages ship a link to a file that another package would bring.
    if (!Files.isReadable(path)) {
      return Stream.empty();
    }
    try {
      List<ZipEntries> entries = ZipEntries.matching(path.toString(), "java.");
      int files = entries.stream().mapToInt(it -> it.to() - it.from()).sum();
      String name = "the JDK's sources of java.*, " + path;
      return files == 0 ? Stream.empty() : Stream.of(new Text(name, files, entries));
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /// The strings of all classes of the running JDK.
  static Text classes() {
    return classes("/modules");
  }

  /// The strings of the classes below a folder of `jrt:/`.
  static Text classes(String root) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    int[] files = {0};
    try {
      Files.walkFileTree(
          ClassFolder.jdk().getPath(root),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              Path folder = file.getParent();
              if (folder != null && file.toString().endsWith(".class")) {
                bytes.merge(folder.toString(), attributes.size(), Long::sum);
                files[0]++;
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException("this JDK cannot read its own classes", e);
    }
    var folders = new ArrayList<ClassFolder>();
    bytes.forEach((folder, size) -> folders.add(new ClassFolder(folder, size)));
    folders.sort(Comparator.comparing(ClassFolder::path));
    String home = System.getProperty("java.home");
    return new Text(
        "the strings in the JDK's classes (no lib/src.zip found), " + home, files[0], folders);
  }
}
