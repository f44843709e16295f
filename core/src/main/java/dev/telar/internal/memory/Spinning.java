package dev.telar.internal.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Trying for a moment before waiting, as far as it has paid of late. Racy on purpose: a lost
/// update costs a wrong guess.
final class Spinning {
  private static final int MOST = 1 << 10;
  private static final int LEAST = 1 << 4;
  private static final boolean ALONE = processors() < 2;

  private int tries = 1 << 7;

  boolean spin(Attempt attempt) {
    if (ALONE) {
      return false;
    }
    int most = tries;
    for (int i = 0; i < most; i++) {
      Thread.onSpinWait();
      if (attempt.succeeds()) {
        tries = Math.min(MOST, most + (most >> 3));
        return true;
      }
    }
    tries = Math.max(LEAST, most >> 1);
    return false;
  }

  /// Of the machine, as far as this process may use them: a worker is told that it has one, so that
  /// it starts few threads, and yet spins for a process on another.
  private static int processors() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed:"))
          .mapToInt(Spinning::bits)
          .findFirst()
          .orElse(Runtime.getRuntime().availableProcessors());
    } catch (IOException | RuntimeException noProc) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  private static int bits(String line) {
    return line.substring(line.indexOf(':') + 1)
        .chars()
        .map(digit -> Math.max(0, Character.digit(digit, 16)))
        .map(Integer::bitCount)
        .sum();
  }
}
