package dev.telar.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Which process the Linux kernel kills when there is no memory left.
public final class OomScore {

  private static final Path FILE = Path.of("/proc/self/oom_score_adj");

  /// As if the process took this many thousandths of all memory more than it does.
  private static final int MORE = 500;

  private static final int MOST = 1000;

  private OomScore() {}

  /// Makes this process, and those that it will start, more likely to be chosen than its parent. A
  /// process may always raise its own score. Does nothing where there is no such thing.
  public static void raise() {
    try {
      int inherited = Integer.parseInt(Files.readString(FILE).strip());
      int raised = Math.min(MOST, inherited + MORE);
      Files.writeString(FILE, Integer.toString(raised), StandardOpenOption.WRITE);
    } catch (IOException | NumberFormatException noLinux) {
      // then the kernel chooses as it likes
    }
  }
}
