package dev.telar.cli.own;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lines;
import dev.telar.cli.work.Support;
import dev.telar.cli.work.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A class of the user's own, applied to each line of some input.
public final class Own implements Workload {

  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--class-path",
      paramLabel = "PATH",
      description = "Jars and folders with the class, joined as in java's own -cp.")
  private String classPath = "";

  @Option(
      names = "--task",
      required = true,
      paramLabel = "CLASS",
      description = {
        "The full name of a public class that implements dev.telar.TaskFunction<String, ...>",
        "and has a public constructor without parameters."
      })
  private String task = "";

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Files with one item in a line; '-' is standard input.")
  private List<String> inputs = new ArrayList<>();

  // The copy of standard input, for the JVMs that this one starts.
  @Option(names = "--standard-input", hidden = true)
  private String standardInput = "";

  /// For the registry and for tests.
  public Own() {}

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String summary() {
    return "Runs a class of yours on each line of some input.";
  }

  @Override
  public List<Path> classPath() throws InputException {
    var entries = new ArrayList<Path>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        Path path = Path.of(entry).toAbsolutePath();
        if (!Files.exists(path)) {
          throw new InputException(
              "no such file: " + entry + "; --class-path takes jars and folders with classes");
        }
        entries.add(path);
      }
    }
    return entries;
  }

  @Override
  public Support support() throws IOException {
    // Mistakes in the rest first: who types the input should not do so in vain.
    TaskClass.find(task, classPath());
    if (!inputs.contains(STANDARD_INPUT) || !standardInput.isEmpty()) {
      return Support.NONE;
    }
    Path copy = Lines.ofStandardInput();
    standardInput = copy.toString();
    return new Support(List.of("--standard-input=" + copy), () -> copy.toFile().delete());
  }

  @Override
  public Job<?, ?> job(int parallelism) throws InputException {
    TaskClass found = TaskClass.find(task, classPath());
    var lines = new ArrayList<Line>();
    for (String input : inputs) {
      String file = input.equals(STANDARD_INPUT) ? standardInput : input;
      for (String line : Lines.of(Path.of(file))) {
        lines.add(new Line(lines.size(), line));
      }
    }
    String from =
        inputs.stream()
            .map(input -> input.equals(STANDARD_INPUT) ? "standard input" : input)
            .collect(Collectors.joining(", "));
    if (lines.isEmpty()) {
      throw new InputException("no items in " + from + "; write one in a line");
    }
    String input =
        "%s for %,d %s of %s"
            .formatted(task, lines.size(), lines.size() == 1 ? "line" : "lines", from);
    return new OwnJob(input, lines, found);
  }

  @Override
  public String whyAnswersDiffer() {
    return task
        + " does not give the same text for the same line each time (has what it returns a toString"
        + " of its own?)";
  }
}
