package dev.telar.cli.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Looks for processes that carry a mark in their environment, which whatever they start inherits,
/// and for files of a process.
///
/// @param mark the value of [#VARIABLE]
record Leftovers(String mark) {

  /// The environment variable that carries the mark.
  static final String VARIABLE = "TELAR_SOAK";

  /// The processes with the mark that are alive.
  List<Long> pids() throws IOException {
    List<Long> found = new ArrayList<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return found;
  }

  /// The same, as one would tell them.
  List<String> processes() throws IOException {
    return pids().stream()
        .map(pid -> "process " + pid + " " + text(Path.of("/proc/" + pid, "cmdline")))
        .map(line -> line.replace('\0', ' ').strip())
        .toList();
  }

  private boolean isMarked(Path process) {
    // A zombie has an empty environment: it is dead, and waits for its parent to ask.
    return ("\0" + text(process.resolve("environ"))).contains("\0" + VARIABLE + "=" + mark + "\0");
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  /// Folders and files of Telar's whose name says that the process made them.
  static List<String> filesOf(long pid) {
    String own = "(.*\\D)?" + pid + "(\\D.*)?";
    return Stream.of(
            "/dev/shm",
            System.getenv("XDG_RUNTIME_DIR"),
            System.getProperty("java.io.tmpdir"),
            "/tmp")
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(base -> children(Path.of(base)).filter(Leftovers::isTelars))
        .flatMap(folder -> Stream.concat(Stream.of(folder), children(folder)))
        .filter(path -> path.getFileName().toString().matches(own))
        .map(path -> "file " + path)
        .toList();
  }

  private static boolean isTelars(Path path) {
    return path.getFileName().toString().startsWith("telar-");
  }

  private static Stream<Path> children(Path folder) {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    } catch (IOException | RuntimeException notThere) {
      // or gone in between, or a file
    }
    return found.stream();
  }
}
