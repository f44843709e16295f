package dev.telar.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The report that HotSpot writes when it crashes (`hs_err_<pid>.log`), in two lines.
///
/// A JVM that catches SIGSEGV writes its report and then aborts, so the process ends by SIGABRT;
/// the signal that mattered stands only here:
///
/// ```
/// # A fatal error has been detected by the Java Runtime Environment:
/// #
/// #  SIGSEGV (0xb) at pc=0x00007f3b5c0a1b2c, pid=1234, tid=1235
/// …
/// # Problematic frame:
/// # C  [libjpeg.so.62+0x1b2c]  decode_mcu+0x4c
/// ```
final class ErrorReport {

  private static final int HEAD = 4096;

  private ErrorReport() {}

  /// Reads the summary and deletes the report.
  static Optional<String> take(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      return summary(head.lines().toList());
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      delete(file);
    }
  }

  static Optional<String> summary(List<String> lines) {
    String cause = "";
    String frame = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = content(lines.get(i));
      if (line.startsWith("A fatal error has been detected")
          || line.startsWith("There is insufficient memory")) {
        cause = firstContent(lines, i + 1);
      } else if (line.startsWith("Problematic frame:")) {
        frame = firstContent(lines, i + 1);
      }
    }
    if (cause.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(frame.isEmpty() ? cause : cause + ", in " + frame);
  }

  private static String firstContent(List<String> lines, int from) {
    return lines.stream()
        .skip(from)
        .map(ErrorReport::content)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String content(String line) {
    return line.startsWith("#") ? line.substring(1).strip() : line.strip();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it goes with its directory
    }
  }
}
