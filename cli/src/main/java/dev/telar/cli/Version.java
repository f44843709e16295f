package dev.telar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `telar --version` prints: the version of this build and of the Java that runs it, and where
/// that is: whose compiler a class of the user's own needs.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "telar " + build().getProperty("version") + " (Java " + Runtime.version() + ")",
      "JDK: " + System.getProperty("java.home")
    };
  }

  private static Properties build() {
    var properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is missing from the jar of telar-cli");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
