package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the figures were measured on; without it they say nothing.
///
/// @param system the operating system and its version
/// @param processor the model of the processor
/// @param cores how many of them this JVM may use
/// @param memory the memory of the machine
/// @param java the version of Java
/// @param python the version of Python, or `none`
record Machine(
    String system, String processor, int cores, String memory, String java, String python) {

  static Machine describe() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        valueOf("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        valueOf("/proc/meminfo", "MemTotal").orElse("unknown"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        PythonContender.version().orElse("none"));
  }

  @Override
  public String toString() {
    return "%s, %d cores, %s, %s, %s, Python: %s"
        .formatted(processor, cores, memory, system, java, python);
  }

  private static Optional<String> valueOf(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Optional.empty(); // not Linux
    }
  }
}
