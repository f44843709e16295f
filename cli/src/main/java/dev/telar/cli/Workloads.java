package dev.telar.cli;

import dev.telar.cli.compute.Factorial;
import dev.telar.cli.compute.Primes;
import dev.telar.cli.compute.Serial;
import dev.telar.cli.compute.Sleep;
import dev.telar.cli.fetch.Fetch;
import dev.telar.cli.own.Own;
import dev.telar.cli.words.Words;
import dev.telar.cli.work.Workload;
import java.util.List;

/// The workloads that the command knows. A new one is a class and a line here.
final class Workloads {

  private Workloads() {}

  /// Fresh instances of all, because picocli fills them with the user's options.
  static List<Workload> all() {
    return List.of(
        new Words(),
        new Fetch(),
        new Factorial(),
        new Primes(),
        new Serial(),
        new Sleep(),
        new Own());
  }

  /// What `telar compare` runs when a class is named instead of a workload.
  static String ofClass() {
    return "run";
  }

  /// What `telar compare` runs when no workload is named.
  static String main() {
    return "words";
  }
}
