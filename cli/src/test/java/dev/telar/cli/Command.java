package dev.telar.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The real command in a JVM of its own, its output in two files.
record Command(Process process, Path output, Path error) {

  static Command start(Path folder, String... arguments) throws IOException {
    return start(folder, quick(arguments), Map.of());
  }

  private static List<String> quick(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Quick to start: what is tested here are messages and codes.
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// With a file as its standard input.
  static Command start(Path folder, Path input, List<String> arguments) throws IOException {
    var builder = new ProcessBuilder(quick(arguments.toArray(String[]::new)));
    builder.redirectInput(input.toFile());
    return start(folder, builder);
  }

  static Command start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return start(folder, builder);
  }

  private static Command start(Path folder, ProcessBuilder builder) throws IOException {
    Path output = folder.resolve("stdout");
    Path error = folder.resolve("stderr");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectOutput(output.toFile()).redirectError(error.toFile()).start();
    return new Command(process, output, error);
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  String out() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(error, StandardCharsets.UTF_8);
  }
}
