package dev.telar.cli;

import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Puts the command together: its subcommands, one for each workload where that is due, and one
/// line for every mistake.
final class Cli {

  private static final String COMPARE = "compare";
  // The option of a class of the user's own; it says as much as the name of the workload.
  private static final String TASK = "--task";
  // What a measuring JVM is told to do; not for users, so it is in no help.
  private static final String MEASURE = "measure";

  private Cli() {}

  /// Runs the command.
  ///
  /// @param typed what was typed behind `telar`
  /// @return the exit code
  static int execute(List<String> typed) {
    List<String> arguments = withWorkload(typed);
    return commandLine(arguments).execute(arguments.toArray(String[]::new));
  }

  /// Names the workload behind `compare` if the user did not, or named it behind options.
  static List<String> withWorkload(List<String> typed) {
    if (typed.isEmpty() || !typed.getFirst().equals(COMPARE)) {
      return typed;
    }
    var rest = new ArrayList<>(typed.subList(1, typed.size()));
    if (namesAClass(rest)) {
      return rest.getFirst().equals(Workloads.ofClass()) ? typed : with(Workloads.ofClass(), rest);
    }
    boolean optionsFirst =
        rest.isEmpty() || (rest.getFirst().startsWith("-") && !isHelp(rest.getFirst()));
    if (!optionsFirst) {
      return typed;
    }
    String workload = rest.stream().filter(Cli::isWorkload).findFirst().orElse(Workloads.main());
    rest.remove(workload);
    return with(workload, rest);
  }

  private static boolean namesAClass(List<String> typed) {
    return typed.stream().anyMatch(it -> it.equals(TASK) || it.startsWith(TASK + "="));
  }

  private static List<String> with(String workload, List<String> rest) {
    var arguments = new ArrayList<>(List.of(COMPARE, workload));
    arguments.addAll(rest);
    return arguments;
  }

  private static CommandLine commandLine(List<String> arguments) {
    List<String> behindWorkload =
        arguments.size() < 2 ? List.of() : arguments.subList(2, arguments.size());
    var line = new CommandLine(new Main());
    if (!arguments.isEmpty() && arguments.getFirst().equals(MEASURE)) {
      // Alone: each subcommand costs milliseconds, and here they would count as start-up.
      line.addSubcommand(group(MEASURE, "Measures one mode.", MeasureCommand::new));
    } else {
      line.addSubcommand(
          group(
              COMPARE,
              "Runs a workload in every mode, measures each, and says which to use.",
              workload -> new CompareCommand(workload, behindWorkload)));
      List<String> behindName =
          arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
      for (Workload workload : Workloads.all()) {
        line.addSubcommand(forWorkload(workload, new JobCommand(workload, behindName)));
      }
      line.addSubcommand(new CommandLine(command(new ExamplesCommand())));
      line.addSubcommand(new CommandLine(command(new ExampleCommand())));
      line.addSubcommand(new CommandLine(command(new SoakCommand())));
      // Everything behind it is for the benchmarks to read.
      line.addSubcommand(
          new CommandLine(new BenchCommand()).setUnmatchedOptionsArePositionalParams(true));
    }
    // A file may be called @name, and workloads may give that a meaning of their own.
    line.setExpandAtFiles(false);
    line.registerConverter(Mode.class, Cli::mode);
    line.setParameterExceptionHandler((e, typed) -> usageError(e));
    line.setExecutionExceptionHandler((e, failed, parsed) -> Failure.of(e).report());
    return line;
  }

  /// A command with a subcommand for each workload, which carries the workload's own options.
  private static CommandLine group(
      String name, String description, Function<Workload, Object> inside) {
    CommandSpec group = withHelp(CommandSpec.create().name(name));
    group.usageMessage().description(description).synopsisSubcommandLabel("WORKLOAD");
    group.usageMessage().commandListHeading("%nWorkloads:%n");
    for (Workload workload : Workloads.all()) {
      group.addSubcommand(workload.name(), forWorkload(workload, inside.apply(workload)));
    }
    return new CommandLine(group);
  }

  private static CommandLine forWorkload(Workload workload, Object command) {
    CommandSpec spec = command(command).name(workload.name());
    spec.usageMessage().description(workload.summary());
    spec.addMixin("workload", CommandSpec.forAnnotatedObjectLenient(workload));
    return new CommandLine(spec);
  }

  private static CommandSpec command(Object annotated) {
    return withHelp(CommandSpec.forAnnotatedObject(annotated));
  }

  private static CommandSpec withHelp(CommandSpec spec) {
    return spec.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
  }

  private static Mode mode(String typed) {
    return Stream.of(Mode.values())
        .filter(mode -> mode.toString().equals(typed))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of %s".formatted(typed, Arrays.toString(Mode.values()))));
  }

  private static int usageError(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched, command)
            : lowerFirst(String.valueOf(e.getMessage()));
    System.err.println(
        "telar: "
            + message.lines().findFirst().orElse("wrong usage")
            + "; see '"
            + command.qualifiedName()
            + " --help'");
    return Failure.USAGE;
  }

  private static String unknown(UnmatchedArgumentException e, CommandSpec command) {
    String argument = e.getUnmatched().getFirst();
    if (argument.startsWith("-")) {
      return "unknown option '" + argument + "'";
    }
    String known = String.join(", ", command.subcommands().keySet());
    if (known.isEmpty()) {
      return "too much: '" + argument + "'";
    }
    String kind = command.name().equals(COMPARE) ? "workload" : "command";
    return "unknown " + kind + " '" + argument + "', there is: " + known;
  }

  private static String lowerFirst(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static boolean isWorkload(String argument) {
    return Workloads.all().stream().anyMatch(workload -> workload.name().equals(argument));
  }

  private static boolean isHelp(String argument) {
    return List.of("-h", "--help", "-V", "--version").contains(argument);
  }
}
