package dev.telar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A peer in another language: a script that this process drives, one line a command. Times are
/// taken inside it, so that the driving is not measured.
final class PeerProcess implements Contender {

  private static final List<String> PYTHON =
      List.of("peer.py", "tasks.py", "pools.py", "life.py", "shared.py", "parallel.py");
  private static final List<String> NODE = List.of("peer.js");

  private final List<String> scripts;
  private final List<String> job;
  private final Tool tool;
  private @Nullable Path folder;
  private @Nullable Process process;
  private @Nullable Writer commands;
  private @Nullable BufferedReader answers;

  private PeerProcess(Tool tool, List<String> scripts, String job, int... numbers) {
    this.tool = tool;
    this.scripts = scripts;
    this.job = new ArrayList<>(List.of(job));
    for (int number : numbers) {
      this.job.add(Integer.toString(number));
    }
  }

  /// A job of CPython's own modules.
  ///
  /// @param job its name in the scripts
  /// @param items operations in a round
  static Contender python(String job, int items) {
    return new PeerProcess(Tool.PYTHON, PYTHON, job, items);
  }

  /// A job of CPython's own modules.
  ///
  /// @param job its name in the scripts
  /// @param items how large what one operation works on is
  /// @param calls operations in a round
  static Contender python(String job, int items, int calls) {
    return new PeerProcess(Tool.PYTHON, PYTHON, job, items, calls);
  }

  /// A job of joblib's.
  static Contender loky(String job, int items) {
    return new PeerProcess(Tool.JOBLIB, PYTHON, job, items);
  }

  /// A job of Node's workerpool.
  static Contender node(String job, int items) {
    return new PeerProcess(Tool.WORKERPOOL, NODE, job, items);
  }

  @Override
  public double first() throws IOException {
    Path place = Files.createTempDirectory("peer");
    folder = place;
    for (String script : scripts) {
      try (InputStream text = PeerProcess.class.getResourceAsStream(script)) {
        if (text == null) {
          throw new IOException(script + " is not on the class path");
        }
        Files.write(place.resolve(script), text.readAllBytes());
      }
    }
    String runtime = tool == Tool.WORKERPOOL ? "node" : tool.python();
    var words = new ArrayList<String>(List.of(runtime));
    words.add(place.resolve(scripts.getFirst()).toString());
    words.addAll(job);
    var builder = new ProcessBuilder(words);
    builder.environment().put("NODE_PATH", Tool.nodePath());
    Process started = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process = started;
    commands = started.outputWriter(StandardCharsets.UTF_8);
    answers = started.inputReader(StandardCharsets.UTF_8);
    return ask("first");
  }

  @Override
  public double round() throws IOException {
    return ask("round");
  }

  private double ask(String command) throws IOException {
    if (commands == null || answers == null) {
      throw new IllegalStateException("first() starts it");
    }
    String answer;
    try {
      commands.write(command + "\n");
      commands.flush();
      answer = answers.readLine();
    } catch (IOException e) {
      throw new IOException(scripts.getFirst() + " has ended", e);
    }
    if (answer == null) {
      throw new IOException(scripts.getFirst() + " has ended");
    }
    return Double.parseDouble(answer);
  }

  /// Closes the input of the script, which ends it together with its pool.
  @Override
  public void close() throws IOException, InterruptedException {
    if (commands != null) {
      try {
        commands.close();
      } catch (IOException e) {
        // It has ended already, with a command unread.
      }
    }
    if (process != null) {
      process.waitFor();
    }
    if (folder != null) {
      delete(folder);
    }
  }

  /// With what Python has compiled, in a folder beside the scripts.
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
