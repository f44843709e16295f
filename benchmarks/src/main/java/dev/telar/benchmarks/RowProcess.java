package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Measures a row in a JVM of its own, [RowMain], pinned where its placement says.
final class RowProcess {

  private static final int LIMIT_MINUTES = 5;

  private RowProcess() {}

  static Outcome run(Row row, Placement placement, boolean quick)
      throws IOException, InterruptedException {
    if (row.needsPython() && PythonContender.version().isEmpty()) {
      return Outcome.skipped(row, placement, "no python3 on the PATH");
    }
    Optional<List<String>> prefix = placement.prefix();
    if (prefix.isEmpty()) {
      return Outcome.skipped(row, placement, "cannot pin to " + placement.label());
    }
    Path directory = Files.createTempDirectory("bench");
    Path result = directory.resolve("result");
    Path errors = directory.resolve("errors");
    try {
      return measure(row, placement, command(prefix.get(), row, quick, result), result, errors);
    } finally {
      Files.deleteIfExists(result);
      Files.deleteIfExists(errors);
      Files.deleteIfExists(directory);
    }
  }

  private static List<String> command(List<String> prefix, Row row, boolean quick, Path result) {
    var command = new ArrayList<String>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (row.nativeAccess()) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RowMain.class.getName());
    command.add(row.name());
    command.add(quick ? "quick" : "full");
    command.add(result.toString());
    return command;
  }

  private static Outcome measure(
      Row row, Placement placement, List<String> command, Path result, Path errors)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        return Outcome.failed(row, placement, "not done after " + LIMIT_MINUTES + " minutes");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0 || !Files.exists(result)) {
      return Outcome.failed(row, placement, firstLine(errors, process.exitValue()));
    }
    return Outcome.measured(row, placement, Measurement.parse(Files.readString(result)));
  }

  private static String firstLine(Path errors, int exitCode) throws IOException {
    return Files.readAllLines(errors).stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("exit code " + exitCode);
  }
}
