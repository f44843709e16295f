package dev.telar.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What one example printed, run as a user would run it: in a JVM of its own.
///
/// @param exitCode the exit code of the JVM
/// @param out the lines of its standard output
/// @param err the lines of its standard error; Telar itself prints nothing there
record ExampleRun(int exitCode, List<String> out, List<String> err) {

  /// Runs an example and waits for its end. The limit of the test bounds the waiting.
  static ExampleRun of(String name) throws IOException, InterruptedException {
    return java(className(name));
  }

  /// Runs a Java program, given as a class name or a source file, and waits for its end.
  static ExampleRun java(String program) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("example");
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      int exitCode = process.waitFor();
      return new ExampleRun(exitCode, Files.readAllLines(out), Files.readAllLines(err));
    } finally {
      process.destroyForcibly();
      deleteAll(out, err, directory);
    }
  }

  /// The class of an example: `two-tasks-on-threads` is `TwoTasksOnThreads`.
  static String className(String name) {
    return ExampleRun.class.getPackageName()
        + "."
        + Arrays.stream(name.split("-"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }

  /// The numbers that follow a text in the output, in the order of the lines.
  List<Long> numbersAfter(String text) {
    var numbers = new ArrayList<Long>();
    for (String line : out) {
      int at = line.indexOf(text);
      if (at >= 0) {
        numbers.add(Long.parseLong(line.substring(at + text.length()).strip().split("\\D", 2)[0]));
      }
    }
    return numbers;
  }

  private static void deleteAll(Path... paths) throws IOException {
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
