package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TelarClassesTest {
  @RegisterExtension final Children children = new Children();
  @TempDir Path folder;

  @Test
  void aPlainDirectoryOrJarIsUsedAsItIs() throws Exception {
    Path jar = jarOfTelar("");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      assertThat(TelarClasses.plainLocation(loader.loadClass(JavaCommand.class.getName())))
          .isEqualTo(jar);
    }
    assertThat(TelarClasses.plainLocation(JavaCommand.class)).isDirectory();
  }

  @Test
  void aFolderWithinAJarIsCopiedWhole() throws Exception {
    URL inside =
        URI.create("jar:" + jarOfTelar("BOOT-INF/classes/").toUri() + "!/BOOT-INF/classes/")
            .toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {inside}, null)) {
      Class<?> anchor = loader.loadClass(JavaCommand.class.getName());
      assertThat(TelarClasses.plainLocation(anchor)).isNull();
      Path copy = folder.resolve("copy.jar");
      TelarClasses.copyTo(copy, anchor, Greeter.class.getName());
      try (JarFile whole = new JarFile(copy.toFile())) {
        assertThat(whole.stream().map(JarEntry::getName))
            .contains("dev/telar/Pool.class", "dev/telar/internal/system/JavaCommand.class")
            .allMatch(name -> name.startsWith("dev/telar/"));
      }
    }
  }

  @Test
  void whatALoaderCannotListIsFoundFromTheMainClass() throws Exception {
    Class<?> anchor = new Secretive().loadClass(JavaCommand.class.getName());
    assertThat(TelarClasses.plainLocation(anchor)).isNull();
    Path copy = folder.resolve("copy.jar");
    TelarClasses.copyTo(copy, anchor, Greeter.class.getName());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        children.start(
            new ProcessBuilder(java, "-cp", copy.toString(), Greeter.class.getName(), "heap"));
    assertThat(Children.readLine(process)).startsWith("heap=");
  }

  /// Telar's classes in a jar, below a prefix.
  private Path jarOfTelar(String prefix) throws Exception {
    Path classes = TelarClasses.plainLocation(JavaCommand.class);
    Path jar = folder.resolve("app with space.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : all) {
        out.putNextEntry(new JarEntry(prefix + classes.relativize(file)));
        out.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }

  /// Defines Telar's classes from nowhere, and gives them as resources from an address of its own.
  private static final class Secretive extends ClassLoader {
    Secretive() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = bytes(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected URL findResource(String name) {
      byte[] bytes = bytes(name);
      try {
        return bytes == null ? null : URL.of(URI.create("secret:/" + name), new Handler(bytes));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static byte[] bytes(String name) {
      try (InputStream in = Secretive.class.getClassLoader().getResourceAsStream(name)) {
        return in == null ? null : in.readAllBytes();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class Handler extends URLStreamHandler {
    private final byte[] bytes;

    Handler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
