package dev.telar.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The memory limit of a Linux process, and what is left of it, read from `/proc` and the control
/// group file systems.
///
/// Limits hold for a whole subtree of groups, so the smallest one from our group up to the root
/// counts. Inside a container the path in `/proc/self/cgroup` may be the host's and not exist below
/// the mount point; then the mount point itself is our group.
///
/// @param root where `proc` and `sys` are; `/` except in tests
record LinuxMemory(Path root) {
  /// The limit in bytes, or 0 where this is no Linux.
  long limitBytes() {
    long limit = machine("MemTotal:");
    if (limit == 0) {
      return 0;
    }
    for (Group group : groups()) {
      limit = Math.min(limit, group.limit());
    }
    return limit;
  }

  /// How much more this process and its like may take, in bytes, before somebody is killed for it:
  /// what is left on the machine and in each of our groups, swap included, and caches that can be
  /// dropped. `Long.MAX_VALUE` where this is no Linux.
  long availableBytes() {
    long available = machine("MemAvailable:");
    if (available == 0) {
      return Long.MAX_VALUE;
    }
    long swap = machine("SwapFree:");
    long left = available + swap;
    for (Group group : groups()) {
      if (group.limit() < Long.MAX_VALUE) {
        left = Math.min(left, group.left() + Math.min(swap, group.swapLeft()));
      }
    }
    return Math.max(0, left);
  }

  private long machine(String field) {
    for (String line : lines(root.resolve("proc/meminfo"))) {
      if (line.startsWith(field)) {
        String kib = line.substring(field.length()).replace("kB", "").strip();
        return parse(kib, 0) * 1024;
      }
    }
    return 0;
  }

  /// A control group.
  ///
  /// @param version 1 or 2
  private record Group(Path directory, int version) {
    long limit() {
      // "max" in version 2 and a huge number in version 1 both mean "no limit".
      return number(version == 2 ? "memory.max" : "memory.limit_in_bytes", Long.MAX_VALUE);
    }

    long left() {
      long used = number(version == 2 ? "memory.current" : "memory.usage_in_bytes", 0);
      return limit() - used + cache();
    }

    private long cache() {
      String field = version == 2 ? "inactive_file " : "total_inactive_file ";
      for (String line : lines(directory.resolve("memory.stat"))) {
        if (line.startsWith(field)) {
          return parse(line.substring(field.length()).strip(), 0);
        }
      }
      return 0;
    }

    long swapLeft() {
      Path most = directory.resolve("memory.swap.max");
      for (String line : version == 2 ? lines(most) : List.<String>of()) {
        return line.strip().equals("0")
            ? 0
            : parse(line.strip(), Long.MAX_VALUE) - number("memory.swap.current", 0);
      }
      return Long.MAX_VALUE; // not counted, or together with the memory
    }

    private long number(String file, long otherwise) {
      for (String line : lines(directory.resolve(file))) {
        return parse(line.strip(), otherwise);
      }
      return otherwise;
    }
  }

  private List<Group> groups() {
    List<Group> all = new ArrayList<>();
    Path mount = root.resolve("sys/fs/cgroup");
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[0].equals("0")) {
        add(all, mount, fields[2], 2);
        add(all, mount.resolve("unified"), fields[2], 2);
      } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
        add(all, mount.resolve("memory"), fields[2], 1);
      }
    }
    return all;
  }

  private static void add(List<Group> all, Path mount, String group, int version) {
    Path own = Path.of(mount + "/" + group).normalize();
    for (Path p = own; p != null && p.startsWith(mount); p = p.getParent()) {
      all.add(new Group(p, version));
    }
    if (!own.startsWith(mount)) { // "/../.." is what a foreign cgroup namespace shows
      all.add(new Group(mount, version));
    }
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
