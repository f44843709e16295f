package dev.telar.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/// Jars made by tests.
public final class Jars {

  private Jars() {}

  /// Writes a jar of stored entries, as nested jars must be.
  public static Path write(Path file, Map<String, String> manifest, Map<String, byte[]> entries) {
    var main = new Manifest();
    main.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((key, value) -> main.getMainAttributes().putValue(key, value));
    try (OutputStream out = Files.newOutputStream(file);
        var jar = new JarOutputStream(out, main)) {
      for (var entry : entries.entrySet()) {
        byte[] bytes = entry.getValue();
        var stored = new JarEntry(entry.getKey());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(bytes.length);
        var crc = new CRC32();
        crc.update(bytes);
        stored.setCrc(crc.getValue());
        jar.putNextEntry(stored);
        jar.write(bytes);
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /// Class files under their paths in a jar.
  public static Map<String, byte[]> entries(Map<String, byte[]> classes, String prefix) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    classes.forEach(
        (name, bytes) -> entries.put(prefix + name.replace('.', '/') + ".class", bytes));
    return entries;
  }

  /// All files of the jar or folder that a class came from.
  public static Map<String, byte[]> contentsOf(Class<?> type) {
    try {
      Path source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      Map<String, byte[]> entries = new LinkedHashMap<>();
      if (Files.isDirectory(source)) {
        try (Stream<Path> files = Files.walk(source)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            entries.put(source.relativize(file).toString(), Files.readAllBytes(file));
          }
        }
      } else {
        try (var jar = new JarFile(source.toFile())) {
          for (JarEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
            if (!entry.getName().startsWith("META-INF/")) {
              entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
          }
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
