package dev.telar.cli;

import dev.telar.examples.Example;
import dev.telar.examples.Examples;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `telar examples`: the list of all examples.
@Command(name = "examples", description = "Lists the examples, simplest first.")
final class ExamplesCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    List<Example> examples = Examples.all();
    int width = examples.stream().mapToInt(it -> it.name().length()).max().orElse(1);
    var text = new StringBuilder();
    for (Example example : examples) {
      text.append(
          String.format(Locale.ROOT, "%-" + width + "s  %s%n", example.name(), example.summary()));
    }
    Output.print(text + "\nRun one: telar example " + examples.getFirst().name() + "\n");
    return 0;
  }
}
