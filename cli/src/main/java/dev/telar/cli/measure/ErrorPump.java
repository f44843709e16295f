package dev.telar.cli.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;

/// Passes on what a measuring JVM prints to standard error, line by line, until this JVM is about
/// to end.
final class ErrorPump {

  // A JVM that hears Ctrl-C in the first milliseconds of its life, before it has loggers, says so
  // (Shutdown.logRuntimeExit, JDK 25). Nobody wants to know.
  private static final String INTERRUPTED_AT_BIRTH = "Runtime.exit(130) logging failed";
  // Ctrl-C in a terminal reaches all processes at once, and a child may complain before this JVM
  // has
  // begun to end.
  private static final Duration SETTLING = Duration.ofMillis(100);
  // A grandchild may hold the pipe for longer than the JVM lives.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Thread thread;

  ErrorPump(Process process) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("standard error of a measuring JVM")
            .start(() -> pump(process.errorReader()));
  }

  /// Waits until all is passed on; to be called when the JVM has ended.
  void finish() throws InterruptedException {
    thread.join(PATIENCE);
  }

  private static void pump(BufferedReader lines) {
    boolean burst = false;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!burst && LiveJvms.isShuttingDownWithin(SETTLING)) {
          return;
        }
        if (!line.startsWith(INTERRUPTED_AT_BIRTH)) {
          System.err.println(line);
        }
        burst = lines.ready();
      }
    } catch (IOException e) {
      // The JVM was ended and its pipe closed.
    }
  }
}
