package dev.telar.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `telar` command.
@Command(
    name = "telar",
    description = "Runs the same work on threads and in processes, and says which one it wants.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {

  private Main() {}

  /// Runs the command and exits with its code: 0 done, 2 wrong usage.
  ///
  /// @param args what was typed behind `telar`
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
