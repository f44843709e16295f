package dev.telar.cli;

import dev.telar.benchmarks.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `telar bench`: the benchmarks beside their peers. They read their own arguments, `--help` too.
@Command(
    name = "bench",
    description = "Measures Telar beside Python's and the JDK's own pools ('bench --help').")
final class BenchCommand implements Callable<Integer> {

  @Parameters(arity = "0..*")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    return Bench.run(arguments.toArray(String[]::new));
  }
}
