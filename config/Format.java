import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Checks (`check`) or applies (`apply`) google-java-format on all sources under the current
/// folder.
///
/// Run by the build from source, on the JDK of the toolchain: the formatter reads Java with the
/// parser of the JDK that runs it, and Maven may be running on an older one.
final class Format {

  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.builder().formatJavadoc(true).build());

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    List<Path> differing;
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      differing =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(Format::isSource)
              .parallel()
              .filter(file -> differs(file, apply))
              .sorted()
              .toList();
    }
    differing.forEach(
        file -> System.out.println((apply ? "formatted " : "not formatted: ") + file));
    if (!differing.isEmpty() && !apply) {
      System.out.println("Run: mvn -q -N verify -Pformat");
      System.exit(1);
    }
  }

  private static boolean isSource(Path file) {
    for (Path part : file) {
      if (part.toString().equals("target") || part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static boolean differs(Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String after = FORMATTER.formatSourceAndFixImports(before);
      if (apply && !after.equals(before)) {
        Files.writeString(file, after);
      }
      return !after.equals(before);
    } catch (Exception e) {
      System.out.println(file + ": " + e.getMessage());
      return true;
    }
  }
}
