package dev.telar.internal.system;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How much memory a process takes: what is resident (heap, metaspace, native memory, stacks,
/// mapped files) and what of it is swapped out, but not shared memory, which belongs to nobody
/// alone.
public final class ResidentMemory {

  private static final int DEEPEST = 64;

  private ResidentMemory() {}

  /// Whether it can be told here: on Linux.
  public static boolean isKnown() {
    return of(ProcessHandle.current().pid()) > 0;
  }

  /// The memory of one process in bytes; 0 if it is not there.
  public static long of(long pid) {
    String status = read("/proc/" + pid + "/status");
    if (status == null) {
      return 0;
    }
    return field(status, "VmRSS:") - field(status, "RssShmem:") + field(status, "VmSwap:");
  }

  /// The memory of all that a process has started, and they in turn, in bytes. A process whose
  /// parent has ended is not found any more.
  public static long ofDescendants(long pid) {
    return ofDescendants(pid, 0);
  }

  private static long ofDescendants(long pid, int depth) {
    long sum = 0;
    String[] threads = depth < DEEPEST ? new File("/proc/" + pid + "/task").list() : null;
    for (String thread : threads == null ? new String[0] : threads) {
      String children = read("/proc/" + pid + "/task/" + thread + "/children");
      for (String child : children == null ? new String[0] : children.strip().split(" +")) {
        if (!child.isEmpty()) {
          long id = Long.parseLong(child);
          sum += of(id) + ofDescendants(id, depth + 1);
        }
      }
    }
    return sum;
  }

  private static long field(String status, String name) {
    int start = status.indexOf("\n" + name);
    if (start < 0) {
      return 0;
    }
    int from = start + name.length() + 1;
    int to = status.indexOf("kB", from);
    return to < 0 ? 0 : Long.parseLong(status.substring(from, to).strip()) << 10;
  }

  private static @Nullable String read(String file) {
    try (var in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return null;
    }
  }
}
