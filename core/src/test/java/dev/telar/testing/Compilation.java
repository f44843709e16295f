package dev.telar.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Java source compiled in memory against the class path of the tests.
///
/// @param classes the class files by binary name
/// @param errors what the compiler complained about
public record Compilation(
    Map<String, byte[]> classes, List<Diagnostic<? extends JavaFileObject>> errors) {

  /// Compiles one source file; `className` with slashes is its path.
  public static Compilation of(String className, String source) {
    return of(className, source, Map.of());
  }

  /// Compiles one source file against other classes besides.
  public static Compilation of(String className, String source, Map<String, byte[]> library) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    Map<String, ByteArrayOutputStream> output = new LinkedHashMap<>();
    var files =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(diagnostics, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location,
              String name,
              JavaFileObject.Kind kind,
              javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                var bytes = new ByteArrayOutputStream();
                output.put(name, bytes);
                return bytes;
              }
            };
          }
        };
    var unit =
        new SimpleJavaFileObject(
            URI.create("memory:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options = List.of("-proc:none", "-Xmaxerrs", "10000", "-cp", classPath(library));
    compiler.getTask(null, files, diagnostics, options, null, List.of(unit)).call();
    Map<String, byte[]> classes = new LinkedHashMap<>();
    output.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return new Compilation(
        classes,
        diagnostics.getDiagnostics().stream()
            .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
            .toList());
  }

  private static String classPath(Map<String, byte[]> library) {
    String tests = System.getProperty("java.class.path");
    if (library.isEmpty()) {
      return tests;
    }
    try {
      Path jar = Files.createTempFile("library", ".jar");
      jar.toFile().deleteOnExit();
      Jars.write(jar, Map.of(), Jars.entries(library, ""));
      return tests + File.pathSeparator + jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The classes, or an error if there were any in the source.
  public Map<String, byte[]> classesOrError() {
    if (!errors.isEmpty()) {
      throw new AssertionError(errors.toString());
    }
    return classes;
  }
}
