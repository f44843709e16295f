package dev.telar.cli;

import dev.telar.cli.words.Words;
import dev.telar.cli.work.Workload;
import java.util.List;

/// The workloads that the command knows. A new one is a class and a line here.
final class Workloads {

  private Workloads() {}

  /// Fresh instances of all, because picocli fills them with the user's options.
  static List<Workload> all() {
    return List.of(new Words());
  }

  /// What `telar compare` runs when no workload is named.
  static String main() {
    return "words";
  }
}
