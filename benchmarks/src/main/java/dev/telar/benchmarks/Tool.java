package dev.telar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a peer needs that may not be on this machine. Nothing is ever installed from here.
enum Tool {
  /// The JDK that runs this.
  JDK(""),
  /// CPython, with what it brings.
  PYTHON("no python3 on the PATH: apt install python3"),
  /// joblib with its loky, in that Python.
  JOBLIB("no joblib: apt install python3-joblib, or pip install joblib"),
  /// Node with workerpool.
  WORKERPOOL("no workerpool in Node: npm install --global workerpool, or NODE_PATH");

  private final String advice;

  Tool(String advice) {
    this.advice = advice;
  }

  /// Why a peer that needs it cannot be measured here, and how that is changed.
  String advice() {
    return advice;
  }

  /// The version that is there; takes a process to find out.
  ///
  /// @return empty if there is none
  Optional<String> version() {
    return switch (this) {
      case JDK -> Optional.of(Runtime.version().toString());
      case PYTHON -> says("python3", "--version");
      case JOBLIB -> says(python(), "-c", "import joblib; print('joblib', joblib.__version__)");
      case WORKERPOOL ->
          says(
              "node",
              "-e",
              "require('workerpool'); console.log('Node', process.version, 'workerpool',"
                  + " require('workerpool/package.json').version)");
    };
  }

  /// The Python that runs a peer: Debian's own for joblib, where only that has the package.
  String python() {
    Path debian = Path.of("/usr/bin/python3");
    boolean ownHas = this != JOBLIB || says("python3", "-c", "import joblib; print()").isPresent();
    return ownHas || !Files.isExecutable(debian) ? "python3" : debian.toString();
  }

  /// Where Node looks for packages: also where `npm install --global` puts them.
  static String nodePath() {
    List<String> places =
        List.of(
            Optional.ofNullable(System.getenv("NODE_PATH")).orElse(""),
            "/usr/local/lib/node_modules",
            "/usr/lib/node_modules",
            "/usr/share/nodejs");
    return String.join(":", places.stream().filter(place -> !place.isEmpty()).toList());
  }

  /// The first line that a program prints.
  ///
  /// @return empty if there is no such program, or it ends badly
  static Optional<String> says(String... command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("NODE_PATH", nodePath());
      Process process = builder.start();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        while (out.readLine() != null) {
          // Let it end by itself.
        }
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
