package dev.telar.internal.system;

import java.io.PrintStream;

/// Takes what a child process printed, line by line.
@FunctionalInterface
public interface LineHandler {
  /// Takes one line, without its end. Called by one thread at a time for each stream of a child.
  ///
  /// @param error whether it came from the standard error stream
  void line(boolean error, String line);

  /// Prints each line to this program's own stream of the same kind.
  ///
  /// `System.out` is looked up for each line, so that `System.setOut` works; a line goes out in one
  /// `println`, which no other one can tear apart.
  static LineHandler printing() {
    return (error, line) -> {
      PrintStream stream = error ? System.err : System.out;
      stream.println(line);
    };
  }
}
