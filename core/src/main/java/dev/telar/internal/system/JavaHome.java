package dev.telar.internal.system;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// A JDK, as the file says that each of them carries.
///
/// @param version the feature release, such as 25; 0 if it is not said
/// @param release where it is and what the file says, which no other JDK has in common with it
record JavaHome(int version, String release) {

  /// The JDK that a `java` belongs to.
  static JavaHome of(Path java) {
    Path home = java.resolve("../..").normalize();
    try {
      String release = Files.readString(home.resolve("release"));
      return new JavaHome(version(release), home + "\n" + release);
    } catch (IOException | RuntimeException unknown) {
      return new JavaHome(0, home.toString());
    }
  }

  private static int version(String release) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(release));
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    return Integer.parseInt(version.split("[.+-]", 2)[0]);
  }
}
