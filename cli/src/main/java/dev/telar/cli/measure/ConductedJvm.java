package dev.telar.cli.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM that does the work of this one with more classes in its class path: it has this one's
/// input, output and terminal, and ends with it.
public final class ConductedJvm {

  private static final String MARK = "telar.conducted";

  private ConductedJvm() {}

  /// Whether this JVM is such a one. If so, it will end when the one that started it does.
  ///
  /// @return false in the JVM that a user started
  public static boolean isThisOne() {
    return Boolean.getBoolean(MARK);
  }

  /// Ends this JVM as soon as the one that started it is gone, however that went.
  ///
  /// @param exitCode the code to end with
  public static void endWithParent(int exitCode) {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().exit(exitCode)));
  }

  /// Runs the command there and waits for its end.
  ///
  /// @param main the class with `main`
  /// @param classPath jars and folders behind this JVM's own class path
  /// @param arguments the arguments
  /// @return its exit code
  /// @throws IOException if the JVM cannot be started
  /// @throws InterruptedException if this thread is interrupted; the JVM is ended then
  public static int run(Class<?> main, List<Path> classPath, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(JvmCommand.of(main, classPath, "-D" + MARK + "=true"));
    command.addAll(arguments);
    Process process = LiveJvms.start(new ProcessBuilder(command).inheritIO());
    try {
      return process.waitFor();
    } finally {
      LiveJvms.end(process);
    }
  }
}
