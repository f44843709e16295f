package dev.telar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Python side of a comparison: `peer.py` in a `python3` that this process drives, one line a
/// command. Times are taken inside Python, so that the driving is not measured.
final class PythonContender implements Contender {

  private static final Optional<String> VERSION = findVersion();

  private final String job;
  private @Nullable Path script;
  private @Nullable Process python;
  private @Nullable Writer commands;
  private @Nullable BufferedReader answers;

  /// Describes the contender.
  ///
  /// @param job the name of a job in `peer.py`
  PythonContender(String job) {
    this.job = job;
  }

  /// The version of the `python3` on the path.
  ///
  /// @return such as `Python 3.11.7`, or empty if there is none
  static Optional<String> version() {
    return VERSION;
  }

  @Override
  public double first() throws IOException {
    Path file = Files.createTempFile("peer", ".py");
    script = file;
    try (InputStream text = PythonContender.class.getResourceAsStream("peer.py")) {
      if (text == null) {
        throw new IOException("peer.py is not on the class path");
      }
      Files.write(file, text.readAllBytes());
    }
    Process process =
        new ProcessBuilder("python3", file.toString(), job)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    python = process;
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    return ask("first");
  }

  @Override
  public double round() throws IOException {
    return ask("round");
  }

  private double ask(String command) throws IOException {
    if (commands == null || answers == null) {
      throw new IllegalStateException("first() starts python3");
    }
    commands.write(command + "\n");
    commands.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("python3 has ended");
    }
    return Double.parseDouble(answer);
  }

  /// Closes the input of Python, which ends it together with its pool.
  @Override
  public void close() throws IOException {
    if (commands != null) {
      commands.close();
    }
    if (python != null) {
      boolean interrupted = false;
      try {
        python.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      python.destroyForcibly();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (script != null) {
      Files.deleteIfExists(script);
    }
  }

  private static Optional<String> findVersion() {
    try {
      Process process =
          new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        return line == null || process.waitFor() != 0 ? Optional.empty() : Optional.of(line);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
