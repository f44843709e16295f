package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Measures rows, each in a JVM of its own, [RowMain], pinned where its placement says.
final class RowProcess {

  private static final int LIMIT_MINUTES = 20;

  private final Depth depth;
  private final @Nullable Path recordings;
  private final List<Tool> tools = new ArrayList<>();

  /// Looks at what there is on this machine.
  ///
  /// @param depth of all measurements
  /// @param recordings where Flight Recorder leaves a recording of each row's JVM, or null
  RowProcess(Depth depth, @Nullable Path recordings) {
    this.depth = depth;
    this.recordings = recordings;
    for (Tool tool : Tool.values()) {
      if (tool.version().isPresent()) {
        tools.add(tool);
      }
    }
  }

  Outcome run(Row row, Placement placement) throws IOException, InterruptedException {
    Optional<List<String>> prefix = placement.prefix();
    if (prefix.isEmpty()) {
      String reason = "cannot pin to " + placement.label() + ": apt install util-linux (taskset)";
      return Outcome.skipped(row, placement, reason);
    }
    Path directory = Files.createTempDirectory("bench");
    Path result = directory.resolve("result");
    Path errors = directory.resolve("errors");
    try {
      return measure(row, placement, command(prefix.get(), row, placement, result), result, errors);
    } finally {
      Files.deleteIfExists(result);
      Files.deleteIfExists(errors);
      Files.deleteIfExists(directory);
    }
  }

  private List<String> command(List<String> prefix, Row row, Placement placement, Path result) {
    var command = new ArrayList<String>(prefix);
    if (recordings == null) {
      command.addAll(Jvm.ofRow(row.nativeAccess(), RowMain.class));
    } else {
      String file = row.name() + "-" + placement.label().replace(" ", "") + ".jfr";
      String options = "settings=profile,filename=" + recordings.resolve(file);
      command.addAll(
          Jvm.ofRow(row.nativeAccess(), RowMain.class, "-XX:StartFlightRecording:" + options));
    }
    command.addAll(List.of(row.name(), depth.name(), result.toString()));
    tools.forEach(tool -> command.add(tool.name()));
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
      return Outcome.failed(row, placement, cause(errors, process.exitValue()));
    }
    return Outcome.measured(row, placement, MeasurementJson.read(Files.readString(result)));
  }

  /// The line that says most of what went wrong.
  private static String cause(Path errors, int exitCode) throws IOException {
    List<String> lines =
        Files.readAllLines(errors).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .findFirst()
        .or(() -> lines.stream().findFirst())
        .orElse("exit code " + exitCode);
  }
}
