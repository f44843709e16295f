package dev.telar.misbehaviour;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Signals to this process.
final class Signals {

  private Signals() {}

  /// Sends a signal with the `kill` command, and waits for what comes of it.
  static @Nullable Object send(String name) throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    return Hangs.sleep();
  }
}
