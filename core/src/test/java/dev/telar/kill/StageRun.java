package dev.telar.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A run of a [Stage] in a JVM of its own, and what it printed.
final class StageRun implements AutoCloseable {

  /// Who may call native code, and so waits by a futex.
  enum Mode {
    NATIVE(true, true),
    PARK(false, false),
    /// The survivors have native access and the victims have not.
    MIXED(true, false),
    /// The victims have native access and the survivors have not: a program and its workers, as
    /// they are if their user says nothing about it.
    DEFAULT(false, true);

    private final boolean stage;
    private final boolean victims;

    Mode(boolean stage, boolean victims) {
      this.stage = stage;
      this.victims = victims;
    }
  }

  private final Process process;
  private final Path out;

  /// Starts one.
  ///
  /// @param kills 0: each step of each scenario once
  /// @param lanes what one victim does at once
  /// @param victims how many there are at once
  /// @param scenarios parts of the names of those to run; none: all
  StageRun(Mode mode, int kills, int lanes, int victims, long seed, String... scenarios)
      throws IOException {
    out = Files.createTempFile("stage", ".out");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
    if (mode.stage) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Stage.class.getName()));
    command.add(mode.victims ? "native" : "park");
    command.addAll(List.of("" + kills, "" + lanes, "" + victims, "" + seed));
    command.addAll(List.of(scenarios));
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  /// Waits for its end.
  ///
  /// @return false if it is still running after so long
  boolean await(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean succeeded() {
    return !process.isAlive() && process.exitValue() == 0;
  }

  /// All that it printed.
  String output() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /// The last line, which sums it up.
  String summary() throws IOException {
    return output().lines().reduce("", (_, line) -> line);
  }

  /// How often victims died at each label.
  Map<String, Integer> kills() throws IOException {
    var kills = new TreeMap<String, Integer>();
    output()
        .lines()
        .filter(line -> line.startsWith("label "))
        .map(line -> line.split(" "))
        .forEach(words -> kills.put(words[1], Integer.parseInt(words[2])));
    return kills;
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(out);
  }
}
