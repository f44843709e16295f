package dev.telar.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;

/// A Java snippet of a Markdown page, made a file that a compiler takes.
///
/// A snippet is a whole program (it has a `main`), a whole file (it has a package), members of a
/// class, or statements. The last two stand in a class that has a `file`, `files` and a `parse` to
/// play with.
final class Snippet extends SimpleJavaFileObject {

  private static final Pattern FENCE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern MAIN = Pattern.compile("(?m)^(static )?void main\\(");
  private static final Pattern FILE = Pattern.compile("(?s)\\Apackage .*?\\npublic class (\\w+)");
  private static final Pattern MEMBERS = Pattern.compile("^(static|final class|class|record) .*");

  private static final String SURROUNDINGS =
      """
      import module java.base;
      import dev.telar.*;
      import dev.telar.shared.*;
      import dev.telar.Futures.When;
      class %s {
        static final Path file = Path.of("file");
        static final List<Path> files = List.of(file);
        static String parse(Path file) throws IOException {
          return Files.readString(file);
        }
        static void warmUp() {}
        %s
      }
      """;

  private final String origin;
  private final String source;

  private Snippet(String origin, String className, String source) {
    super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
    this.origin = origin;
    this.source = source;
  }

  /// Finds the snippets of a page.
  static List<Snippet> of(Path page) throws IOException {
    String text = Files.readString(page);
    var snippets = new ArrayList<Snippet>();
    var matcher = FENCE.matcher(text);
    while (matcher.find()) {
      long line = text.substring(0, matcher.start()).lines().count() + 1;
      String className =
          page.getFileName().toString().replaceAll("\\W", "_") + "_" + page.hashCode() + "_" + line;
      className = "S_" + className.replace('-', '_');
      var file = FILE.matcher(matcher.group(1));
      if (file.find()) {
        className = file.group(1);
      }
      snippets.add(
          new Snippet(page + ":" + line, className, complete(className, matcher.group(1))));
    }
    return snippets;
  }

  private static String complete(String className, String code) {
    if (MAIN.matcher(code).find() || FILE.matcher(code).find()) {
      return code;
    }
    if (MEMBERS.matcher(code.lines().findFirst().orElse("")).matches()) {
      return SURROUNDINGS.formatted(className, code);
    }
    return SURROUNDINGS.formatted(className, "void run() throws Exception {\n" + code + "\n}");
  }

  /// Whether it is a program of its own.
  boolean isProgram() {
    return MAIN.matcher(source).find();
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return source;
  }

  /// The page and the line of it.
  @Override
  public String toString() {
    return origin;
  }
}
