package dev.telar.cli.compute;

import dev.telar.cli.work.InputException;

/// Reads numbers that a user typed. (picocli would take what is no number for one argument too
/// many, and say so.)
final class Numbers {

  private Numbers() {}

  /// Reads a whole number.
  ///
  /// @param what how the help calls it
  /// @throws InputException if it is none, or out of range
  static int inRange(String what, String typed, int least, int most) throws InputException {
    try {
      int value = Integer.parseInt(typed);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new InputException(
        what + " must be a whole number between " + least + " and " + most + ", not " + typed);
  }
}
