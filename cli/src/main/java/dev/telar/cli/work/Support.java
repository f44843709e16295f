package dev.telar.cli.work;

import java.util.List;

/// What a workload needs beside the JVMs that run it, for as long as they run: a server, a copy of
/// standard input. It lives in the JVM of the command.
///
/// @param arguments options by which the JVMs that run the workload find it
/// @param end what ends it
public record Support(List<String> arguments, Runnable end) implements AutoCloseable {

  /// Nothing.
  public static final Support NONE = new Support(List.of(), () -> {});

  @Override
  public void close() {
    end.run();
  }
}
