package dev.telar.cli;

import picocli.CommandLine.Option;

/// `--help` of a subcommand. (`--version` belongs to the command as a whole.)
final class HelpOption {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;
}
