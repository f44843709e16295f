package dev.telar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the figures were measured on; without it they say nothing.
final class Machine {

  private static final long KIB_PER_GIB = 1 << 20;

  private Machine() {}

  /// Describes it as it is now: before a run, so that the load is not the run's own.
  ///
  /// @param cached whether workers start with an AOT cache
  static Map<String, String> describe(boolean cached) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("commit", Checkout.commit());
    facts.put(
        "processor", valueOf("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")));
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put(
        "memory", valueOf("/proc/meminfo", "MemTotal").map(Machine::gibibytes).orElse("unknown"));
    facts.put("load average", loadAverage());
    facts.put("AOT cache", cached ? "yes" : "no");
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("python", Tool.PYTHON.version().orElse("none"));
    facts.put("joblib", Tool.JOBLIB.version().orElse("none"));
    facts.put("node", Tool.WORKERPOOL.version().orElse("none"));
    return facts;
  }

  /// Of the last one, five and fifteen minutes.
  private static String loadAverage() {
    try {
      String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
      return String.join(" ", words[0], words[1], words[2]);
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }

  private static String gibibytes(String kibibytes) {
    return Math.round(Long.parseLong(kibibytes.replaceAll("\\D", "")) / (double) KIB_PER_GIB)
        + " GiB";
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
