package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM with the class path of this one, started by hand.
final class Jvm {

  private Jvm() {}

  /// The java that runs this.
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The words of a command that runs a main method.
  ///
  /// @param main the class that has it
  /// @param args what it is given
  static List<String> command(Class<?> main, String... args) {
    var words =
        new ArrayList<String>(
            List.of(java(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    words.add(main.getName());
    words.addAll(List.of(args));
    return words;
  }

  /// The words of a command for a JVM in which a row is measured: with default flags.
  ///
  /// @param nativeAccess whether it may call native code
  /// @param main the class with its main method
  /// @param more options
  static List<String> ofRow(boolean nativeAccess, Class<?> main, String... more) {
    var words = new ArrayList<String>(List.of(java()));
    if (nativeAccess) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.addAll(List.of(more));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return words;
  }

  static Process start(Class<?> main, String... args) throws IOException {
    return new ProcessBuilder(command(main, args))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
