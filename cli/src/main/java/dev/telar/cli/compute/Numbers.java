package dev.telar.cli.compute;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Refuses numbers that are out of range.
final class Numbers {

  private Numbers() {}

  static int inRange(CommandSpec spec, String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          what + " must be between " + least + " and " + most + ", not " + value);
    }
    return value;
  }
}
