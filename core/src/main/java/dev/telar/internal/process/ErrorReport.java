package dev.telar.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in the report that HotSpot writes when it crashes (`hs_err_pid<pid>.log`).
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
///
/// @param cause its first line
/// @param frame the problematic frame, or the empty string
/// @param forMemory whether the JVM ended because the system gave it no memory
record ErrorReport(String cause, String frame, boolean forMemory) {

  private static final int HEAD = 4096;

  /// A crash may come so long before the parent looks at its clock, that of files included.
  private static final Duration START = Duration.ofSeconds(2);

  private static final Pattern SIGNAL = Pattern.compile("^SIG[A-Z]+ \\(0x([0-9a-f]{1,2})\\)");

  /// Reads a report.
  ///
  /// @param since when the process was started, or a little later: an older report in a folder
  ///   where reports are kept is that of another process, which had the same number
  /// @return empty if there is none
  static Optional<ErrorReport> read(Path file, Instant since) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return written.isBefore(since.minus(START)) ? Optional.empty() : read(file);
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /// Reads a report, whenever it was written.
  static Optional<ErrorReport> read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      return of(head.lines().toList());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<ErrorReport> of(List<String> lines) {
    String cause = "";
    String frame = "";
    boolean forMemory = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = content(lines.get(i));
      if (line.startsWith("A fatal error has been detected")) {
        cause = firstContent(lines, i + 1);
      } else if (line.startsWith("There is insufficient memory")) {
        cause = line + " " + firstContent(lines, i + 1);
        forMemory = true;
      } else if (line.startsWith("Problematic frame:")) {
        frame = firstContent(lines, i + 1);
      }
    }
    return cause.isEmpty()
        ? Optional.empty()
        : Optional.of(new ErrorReport(cause, frame, forMemory));
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

  /// The number of the signal that the JVM met, or 0.
  int signal() {
    Matcher matcher = SIGNAL.matcher(cause);
    return matcher.find() ? Integer.parseInt(matcher.group(1), 16) : 0;
  }

  /// Cause and frame in one line.
  String summary() {
    return frame.isEmpty() ? cause : cause + ", in " + frame;
  }
}
