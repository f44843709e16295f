package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a child JVM finds Telar's own classes: the jar or directory that ours came from, or a
/// copy.
///
/// A copy is needed where the class path of a plain `java` cannot name the place: in a jar nested
/// in another one (Spring Boot), or whatever a class loader of somebody else's made them from.
final class TelarClasses {
  private static final String ROOT = "dev/telar/";
  private static final String COPY = "telar.jar";
  private static final Object COPYING = new Object();

  private TelarClasses() {}

  /// The class path entry with Telar's classes.
  ///
  /// @param mainClass what the child will start, from which a copy is made to be complete
  static Path location(RuntimeDirectory directory, String mainClass) throws IOException {
    Path plain = plainLocation(TelarClasses.class);
    return plain != null ? plain : copy(directory, mainClass);
  }

  /// The file or directory that a class came from, or null if it is none.
  static @Nullable Path plainLocation(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    URL url = source == null ? null : source.getLocation();
    if (url == null || !url.getProtocol().equals("file")) {
      return null;
    }
    try {
      Path path = Path.of(new URI(url.toString().replace(" ", "%20")));
      return Files.exists(path) ? path.toAbsolutePath() : null;
    } catch (java.net.URISyntaxException | RuntimeException notAPath) {
      File file = new File(url.getPath()); // an unescaped URL of an old class loader
      return file.exists() ? file.toPath().toAbsolutePath() : null;
    }
  }

  private static Path copy(RuntimeDirectory directory, String mainClass) throws IOException {
    synchronized (COPYING) {
      Path jar = directory.file(COPY);
      if (!Files.exists(jar)) {
        Path unfinished = directory.file(COPY + ".new");
        copyTo(unfinished, TelarClasses.class, mainClass);
        Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
      }
      return jar;
    }
  }

  /// Writes a jar with all classes below `dev.telar` that `anchor`'s class loader has.
  static void copyTo(Path jar, Class<?> anchor, String mainClass) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(1);
      if (!copyNested(out, anchor)) {
        copyReferenced(out, anchor, mainClass);
      }
    }
  }

  /// All entries of a nested jar, where its URL lets us list them.
  private static boolean copyNested(JarOutputStream out, Class<?> anchor) throws IOException {
    URL url = resource(anchor, anchor.getName().replace('.', '/') + ".class");
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      return false;
    }
    String path = connection.getEntryName();
    int at = path == null ? -1 : path.lastIndexOf(ROOT);
    if (at < 0) {
      return false;
    }
    String prefix = path.substring(0, path.indexOf(ROOT));
    connection.setUseCaches(false);
    try (JarFile file = connection.getJarFile()) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(prefix + ROOT) && !entry.isDirectory()) {
          try (InputStream in = file.getInputStream(entry)) {
            put(out, entry.getName().substring(prefix.length()), in.readAllBytes());
          }
        }
      }
    }
    return true;
  }

  /// The classes that can be reached from the main class by name, for loaders that cannot list.
  ///
  /// Names are looked for in the raw bytes of each class file: its constant pool holds every name,
  /// also those that only occur in descriptors or strings.
  private static void copyReferenced(JarOutputStream out, Class<?> anchor, String mainClass)
      throws IOException {
    Pattern name = Pattern.compile("dev[./]telar[./][\\w$./]+");
    Set<String> seen = new HashSet<>();
    ArrayDeque<String> queue = new ArrayDeque<>();
    queue.add(mainClass.replace('.', '/'));
    queue.add(anchor.getName().replace('.', '/'));
    while (!queue.isEmpty()) {
      String next = queue.remove();
      URL url = seen.add(next) ? resource(anchor, next + ".class") : null;
      if (url == null) {
        continue;
      }
      byte[] bytes;
      try (InputStream in = url.openStream()) {
        bytes = in.readAllBytes();
      }
      put(out, next + ".class", bytes);
      for (Matcher m = name.matcher(new String(bytes, ISO_8859_1)); m.find(); ) {
        queue.add(m.group().replace('.', '/'));
      }
    }
  }

  private static @Nullable URL resource(Class<?> anchor, String name) {
    ClassLoader loader = anchor.getClassLoader();
    return loader == null ? ClassLoader.getSystemResource(name) : loader.getResource(name);
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
