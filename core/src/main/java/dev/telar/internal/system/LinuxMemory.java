package dev.telar.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The memory limit of a Linux process, read from `/proc` and the control group file systems.
///
/// Limits hold for a whole subtree of groups, so the smallest one from our group up to the root
/// counts. Inside a container the path in `/proc/self/cgroup` may be the host's and not exist below
/// the mount point; then the mount point itself is our group.
///
/// @param root where `proc` and `sys` are; `/` except in tests
record LinuxMemory(Path root) {
  /// The limit in bytes, or 0 where this is no Linux.
  long limitBytes() {
    long limit = total();
    if (limit == 0) {
      return 0;
    }
    Path groups = root.resolve("sys/fs/cgroup");
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[0].equals("0")) {
        limit = Math.min(limit, smallest(groups, fields[2], "memory.max"));
        limit = Math.min(limit, smallest(groups.resolve("unified"), fields[2], "memory.max"));
      } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
        Path memory = groups.resolve("memory");
        limit = Math.min(limit, smallest(memory, fields[2], "memory.limit_in_bytes"));
      }
    }
    return limit;
  }

  private long total() {
    for (String line : lines(root.resolve("proc/meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        String kib = line.substring("MemTotal:".length()).replace("kB", "").strip();
        return parse(kib, 0) * 1024;
      }
    }
    return 0;
  }

  private static long smallest(Path mount, String group, String file) {
    long limit = Long.MAX_VALUE;
    Path own = Path.of(mount + "/" + group).normalize();
    for (Path p = own; p != null && p.startsWith(mount); p = p.getParent()) {
      for (String line : lines(p.resolve(file))) {
        // "max" in version 2 and a huge number in version 1 both mean "no limit".
        limit = Math.min(limit, parse(line.strip(), Long.MAX_VALUE));
      }
    }
    if (!own.startsWith(mount)) { // "/../.." is what a foreign cgroup namespace shows
      for (String line : lines(mount.resolve(file))) {
        limit = Math.min(limit, parse(line.strip(), Long.MAX_VALUE));
      }
    }
    return limit;
  }

  private static long parse(String number, long otherwise) {
    try {
      long parsed = Long.parseLong(number);
      return parsed > 0 ? parsed : otherwise;
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of();
    }
  }
}
