package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// On which cores both sides of a comparison run. Latencies are bimodal: a wake-up lands on the
/// same core (microseconds) or on another, sleeping one (tens of them). Which of the two happens is
/// luck unless both sides are pinned.
enum Placement {
  /// Wherever the system puts them.
  ANY("any", 0),
  /// All processes on one core.
  ONE("1 core", 1),
  /// All processes on the same two cores.
  TWO("2 cores", 2);

  private final String label;
  private final int cores;

  Placement(String label, int cores) {
    this.label = label;
    this.cores = cores;
  }

  String label() {
    return label;
  }

  /// What to put before a command so that it runs here.
  ///
  /// @return the words, none for [#ANY]; or empty if this machine cannot do it
  Optional<List<String>> prefix() {
    if (cores == 0) {
      return Optional.of(List.of());
    }
    List<Integer> allowed = allowedCores();
    if (allowed.size() < cores || !canPin()) {
      return Optional.empty();
    }
    String list =
        String.join(",", allowed.subList(0, cores).stream().map(String::valueOf).toList());
    return Optional.of(List.of("taskset", "-c", list));
  }

  /// The cores that this process may use, from `/proc`.
  private static List<Integer> allowedCores() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .findFirst()
          .map(line -> parse(line.substring(line.indexOf(':') + 1).strip()))
          .orElse(List.of());
    } catch (IOException e) {
      return List.of(); // not Linux
    }
  }

  /// Reads a list of cores.
  ///
  /// @param list as the kernel writes it, such as `0-2,5`
  /// @return the single numbers
  static List<Integer> parse(String list) {
    var cores = new ArrayList<Integer>();
    for (String part : list.split(",")) {
      String[] ends = part.split("-");
      for (int core = Integer.parseInt(ends[0]);
          core <= Integer.parseInt(ends[ends.length - 1]);
          core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  private static boolean canPin() {
    try {
      return new ProcessBuilder("taskset", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
