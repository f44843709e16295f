package dev.telar.cli.measure;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command line of a JVM with the same JDK and class path as this one's.
public final class JvmCommand {

  private JvmCommand() {}

  /// Composes it.
  ///
  /// @param main the class with `main`
  /// @param classPath jars and folders behind this JVM's own class path
  /// @param options for the JVM
  /// @return the command, for [ProcessBuilder]
  public static List<String> of(Class<?> main, List<Path> classPath, String... options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    Stream<String> more = classPath.stream().map(Path::toString);
    String modulePath = System.getProperty("jdk.module.path");
    String module = main.getModule().getName();
    if (modulePath != null && module != null) {
      if (!classPath.isEmpty()) {
        command.addAll(List.of("-cp", more.collect(Collectors.joining(File.pathSeparator))));
      }
      command.addAll(List.of("-p", modulePath, "-m", module + "/" + main.getName()));
    } else {
      // Absolute, so that it means the same in every folder.
      Stream<String> own =
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(entry -> Path.of(entry).toAbsolutePath().toString());
      String all = Stream.concat(own, more).collect(Collectors.joining(File.pathSeparator));
      command.addAll(List.of("-cp", all, main.getName()));
    }
    return command;
  }
}
