package dev.telar.misbehaviour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Processes that do not go when they are asked to.
final class Children {

  /// A child, its child, and a grandchild that has left the session and whose parent ends at once,
  /// so that it is nobody's descendant any more. Each says its process id.
  private static final String FAMILY =
      """
      trap '' TERM HUP INT
      echo $$
      sh -c 'trap "" TERM HUP INT; echo $$; while :; do sleep 100; done' &
      setsid sh -c 'sh -c "trap \\"\\" TERM HUP INT; echo \\$\\$; while :; do sleep 100; done" &'
      while :; do sleep 100; done
      """;

  private static final int MEMBERS = 3;

  private Children() {}

  static Object leave() throws IOException {
    Process child = new ProcessBuilder("sh", "-c", FAMILY).redirectErrorStream(true).start();
    List<String> pids = new ArrayList<>();
    var words =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    for (String line; pids.size() < MEMBERS && (line = words.readLine()) != null; ) {
      pids.add(line);
    }
    return pids.stream().mapToLong(Long::parseLong).toArray();
  }

  static @Nullable Object hangWithThem() throws IOException {
    leave();
    return Hangs.swallowInterrupts();
  }
}
