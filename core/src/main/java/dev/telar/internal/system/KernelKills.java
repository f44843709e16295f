package dev.telar.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How often the kernel has killed a process of our control group for want of memory.
///
/// A process that is killed by SIGKILL cannot tell by whom: see [UnexplainedKills].
///
/// @param root where `proc` and `sys` are; `/` except in tests
public record KernelKills(Path root) {

  /// Those of this machine.
  public static final KernelKills HERE = new KernelKills(Path.of("/"));

  private static final long UNKNOWN = -1;

  /// The count since the group was made; −1 where there is no such count.
  ///
  /// It is that of the group of this process, be it version 2 (`memory.events`) or 1
  /// (`memory.oom_control`), else that of the whole machine.
  public long count() {
    Path groups = root.resolve("sys/fs/cgroup");
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      long count = UNKNOWN;
      if (fields.length == 3 && fields[0].equals("0")) {
        count = inGroup(groups, fields[2], "memory.events");
      } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
        count = inGroup(groups.resolve("memory"), fields[2], "memory.oom_control");
      }
      if (count >= 0) {
        return count;
      }
    }
    return in(root.resolve("proc/vmstat"));
  }

  /// In a container the path may be the host's and not exist here; then the mount is our group.
  private static long inGroup(Path mount, String group, String file) {
    long own = in(Path.of(mount + "/" + group).resolve(file));
    return own >= 0 ? own : in(mount.resolve(file));
  }

  private static long in(Path file) {
    for (String line : lines(file)) {
      if (line.startsWith("oom_kill ")) {
        try {
          return Long.parseLong(line.substring("oom_kill ".length()).strip());
        } catch (NumberFormatException e) {
          return UNKNOWN;
        }
      }
    }
    return UNKNOWN;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of();
    }
  }
}
