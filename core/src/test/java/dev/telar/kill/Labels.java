package dev.telar.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The labelled steps that the sources of core have.
final class Labels {
  private static final Pattern CALL = Pattern.compile("FaultPoint\\s*\\.at\\(\\s*([^;]*?)\\s*\\);");
  private static final Pattern LITERAL = Pattern.compile("\"([a-zA-Z.]+)\"");

  private Labels() {}

  /// All of them. A label must be a literal, or a choice between literals.
  static Set<String> inSources() {
    var labels = new TreeSet<String>();
    try (var files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : (Iterable<Path>) files.filter(Labels::isSource)::iterator) {
        CALL.matcher(Files.readString(file))
            .results()
            .forEach(call -> labels.addAll(literals(file, call.group(1))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return labels;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java");
  }

  private static Set<String> literals(Path file, String argument) {
    var found = new TreeSet<String>();
    LITERAL.matcher(argument).results().forEach(label -> found.add(label.group(1)));
    if (found.isEmpty()) {
      throw new AssertionError(
          file + ": no label can be read from FaultPoint.at(" + argument + ")");
    }
    return found;
  }
}
