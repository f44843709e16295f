package dev.telar.cli.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Whether the machine has other things to do, which makes all times doubtful.
public final class MachineLoad {

  private static final Path LOAD = Path.of("/proc/loadavg");
  // Below it, the average of the last minute may be of the comparison before this one.
  private static final double BUSY = 1.5;

  private MachineLoad() {}

  /// A warning, if one is due.
  ///
  /// @param processors how many processors there are
  /// @return a sentence, or the empty string; also where the system does not tell
  public static String warning(int processors) {
    try {
      return warning(Files.readString(LOAD), processors);
    } catch (IOException e) {
      return "";
    }
  }

  static String warning(String averages, int processors) {
    double load = Double.parseDouble(averages.substring(0, averages.indexOf(' ')));
    return load < BUSY * processors
        ? ""
        : String.format(
            Locale.ROOT,
            "This machine is busy (load %.1f on %d %s): measure again before you decide.",
            load,
            processors,
            processors == 1 ? "processor" : "processors");
  }
}
