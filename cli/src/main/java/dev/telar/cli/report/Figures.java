package dev.telar.cli.report;

import java.util.Locale;
import java.util.OptionalDouble;

/// Writes measured values with as many digits as they deserve.
final class Figures {

  private Figures() {}

  static String seconds(double seconds) {
    return seconds < 0.1
        ? String.format(Locale.ROOT, "%.0f ms", seconds * 1000)
        : String.format(Locale.ROOT, seconds < 100 ? "%.2f s" : "%.0f s", seconds);
  }

  static String times(double factor) {
    return String.format(Locale.ROOT, factor < 100 ? "%.1fx" : "%.0fx", factor);
  }

  /// A dash if unknown.
  static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f %%", share.getAsDouble() * 100);
  }

  /// In units of 2^20 bytes; a dash if unknown.
  static String memory(long bytes) {
    return bytes == 0 ? "-" : String.format(Locale.ROOT, "%,d MiB", (bytes + (1 << 19)) >> 20);
  }
}
