package dev.telar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages tell the truth: their snippets compile, their links lead somewhere.
class SnippetsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// Links of Markdown to files: neither to the web nor within the page.
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]+)[^)]*\\)");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages = docs.filter(file -> file.toString().endsWith(".md")).toList();
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("examples/README.md")),
              pages.stream())
          .sorted();
    }
  }

  @Test
  void everySnippetCompiles(@TempDir Path classes) throws Exception {
    List<Snippet> snippets = pages().flatMap(SnippetsTest::snippets).toList();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var compiler = ToolProvider.getSystemJavaCompiler();

    compiler
        .getTask(
            null,
            null,
            diagnostics,
            List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")),
            null,
            snippets)
        .call();

    assertThat(snippets).hasSizeGreaterThan(10);
    assertThat(diagnostics.getDiagnostics())
        .filteredOn(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(SnippetsTest::describe)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFile(Path page) throws Exception {
    assertThat(LINK.matcher(Files.readString(page)).results())
        .map(link -> link.group(1))
        .allSatisfy(link -> assertThat(page.resolveSibling(link).normalize()).exists());
  }

  private static Stream<Snippet> snippets(Path page) {
    try {
      return Snippet.of(page).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
    return ((Snippet) diagnostic.getSource()) + ": " + diagnostic.getMessage(null);
  }
}
