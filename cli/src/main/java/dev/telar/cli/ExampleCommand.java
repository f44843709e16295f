package dev.telar.cli;

import dev.telar.cli.work.InputException;
import dev.telar.examples.Example;
import dev.telar.examples.Examples;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `telar example NAME`: runs one example in this JVM, as its own `main` would.
@Command(name = "example", description = "Runs one of the examples.")
final class ExampleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "Its name, from 'telar examples'.")
  private String name = "";

  @Override
  public Integer call() throws Exception {
    Example example =
        Examples.all().stream()
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "unknown example '" + name + "'; 'telar examples' lists them all"));
    example.main().main();
    return 0;
  }
}
