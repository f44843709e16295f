package dev.telar.cli;

import dev.telar.cli.measure.LiveJvms;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The `telar` command.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage or input (one line says what to do), 130 after
/// Ctrl-C, 141 if the reader of the output has gone.
@Command(
    name = "telar",
    description = "Runs the same work on threads and in processes, and says which one it wants.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  Main() {}

  /// Runs the command and exits with its code.
  ///
  /// @param args what was typed behind `telar`
  public static void main(String[] args) {
    LiveJvms.endWithThisJvm();
    int code = Cli.execute(List.of(args));
    if (LiveJvms.isShuttingDown()) {
      waitForTheEnd();
    }
    System.exit(code);
  }

  /// After Ctrl-C the JVM is ending with a code of its own, and this thread has nothing to add.
  static void waitForTheEnd() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // The end comes by itself.
      }
    }
  }

  @Override
  public void run() {
    CommandLine.usage(spec.commandLine(), System.out);
  }
}
