package dev.telar.cli.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this JVM holds.
///
/// @param heap bytes of the heap in use after a collection
/// @param resident bytes of memory, as the kernel counts
record Footprint(long heap, long resident) {

  /// Threads that Telar starts once for all pools.
  private static final List<String> PERMANENT = List.of("telar-timer", "telar-cleaner");

  static Footprint now() throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Footprint(runtime.totalMemory() - runtime.freeMemory(), residentBytes());
  }

  private static long residentBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow(() -> new IOException("no VmRSS in /proc/self/status"));
    }
  }

  /// The threads of pools.
  static Set<String> poolThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("telar-") || name.startsWith(Soak.NAME))
        .filter(name -> PERMANENT.stream().noneMatch(name::startsWith))
        .collect(Collectors.toSet());
  }

  /// The sockets, pipes, selectors and files of Telar's that are open; selectors, which have no
  /// names, by their number.
  static Set<String> descriptors() throws IOException {
    Set<String> found = new TreeSet<>();
    int selectors = 0;
    try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : all) {
        String target = target(descriptor);
        if (target.startsWith("socket:")
            || target.startsWith("pipe:")
            || target.contains("/telar-")) {
          found.add(target);
        } else if (target.startsWith("anon_inode:[event")) {
          found.add(target + " number " + ++selectors);
        }
      }
    }
    return found;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
