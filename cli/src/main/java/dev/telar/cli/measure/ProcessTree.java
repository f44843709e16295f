package dev.telar.cli.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// This process and its workers, as the operating system sees them.
final class ProcessTree {

  /// The peak of resident memory.
  ///
  /// @param bytes the sum of all peaks; 0 if the system does not tell
  /// @param processes how many processes were asked
  record Peak(long bytes, int processes) {}

  private ProcessTree() {}

  private static Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
  }

  /// User and system time of all processes that live now. Taken as a difference, so a worker that
  /// dies in between takes its share with it.
  static double cpuSeconds() {
    return all()
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(duration -> duration.toNanos() / 1e9)
        .sum();
  }

  /// The sum of the peaks (`VmHWM`) of all processes that live now: an upper bound, for they need
  /// not have had their peaks at the same time, and pages that they share count in each.
  static Peak peak() {
    List<Long> peaks = all().map(ProcessTree::peak).filter(bytes -> bytes > 0).toList();
    return new Peak(peaks.stream().mapToLong(Long::longValue).sum(), peaks.size());
  }

  private static long peak(ProcessHandle process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // It has ended, or this is no Linux: nothing is known of it.
    }
    return 0;
  }

  /// How long ago something began, by the wall clock, which other processes share.
  static double secondsSince(Instant start) {
    return Duration.between(start, Instant.now()).toNanos() / 1e9;
  }
}
