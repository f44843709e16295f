package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A class of the user's own, through the real `main`.
class OwnTaskTest {

  @TempDir static Path shared;
  @TempDir Path folder;

  private static String classes;

  @BeforeAll
  static void compile() throws IOException {
    classes = OwnClasses.compile(shared).toString();
  }

  @Test
  void isComparedInJvmsThatHaveItsClasses() throws Exception {
    Command command =
        Command.start(
            folder,
            "compare",
            "--class-path=" + classes,
            "--task=com.acme.Work",
            input("four", "a"),
            "--repeat=1",
            "-n=1",
            "--on=threads,processes");
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out())
        .startsWith("run in com.acme.Work for 2 lines of " + folder.resolve("in") + "\n")
        .contains("Both answers agree:\n2 results.");
  }

  @Test
  void itemsThatFailAreListedAndTheRestHasItsResults() throws Exception {
    Command command = run("Work", "--csv", input("four", "two", "a,b,c"));
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.out())
        .isEqualTo(
            "item,result,error\r\nfour,4,\r\n"
                + "two,,java.lang.ArithmeticException: / by zero\r\n\"a,b,c\",2,\r\n");
    assertThat(command.err())
        .isEqualTo("telar: failed: two: java.lang.ArithmeticException: / by zero\n");
  }

  @Test
  void anItemThatTakesItsWorkerDownCostsNoOther() throws Exception {
    Command command = run("Fatal", "--csv", "--on=processes", "-n=2", input("a", "die", "b", "c"));
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.out().lines())
        .hasSize(5)
        .contains("a,a,", "b,b,", "c,c,")
        .anyMatch(line -> line.startsWith("die,,"));
    assertThat(command.err()).startsWith("telar: failed: die: ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "processes"})
  void whatATaskPrintsIsNoPartOfTheResult(String mode) throws Exception {
    Command command = run("Loud", "--csv", "--on=" + mode, "-n=1", input("a"));
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out()).isEqualTo("item,result,error\r\na,a,\r\n");
    assertThat(command.err()).isEqualTo("printed\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "compare"})
  void standardInputIsInputToo(String command) throws Exception {
    Path typed = Files.writeString(folder.resolve("typed"), "one\n\n  three \n");
    var arguments = new ArrayList<>(List.of(command, "--class-path=" + classes));
    arguments.addAll(List.of("--task=com.acme.Fatal", "-", "--json", "--on=processes", "-n=1"));
    if (command.equals("compare")) {
      arguments.add("--repeat=1");
    }
    Command started = Command.start(folder, typed, arguments);
    assertThat(started.exitCode()).as(started.err()).isZero();
    assertThat(started.out())
        .contains("com.acme.Fatal for 2 lines of standard input")
        .contains("\"results\" : 2");
  }

  @Test
  void resultsThatDifferEachTimeAreNoDefectOfTelars() throws Exception {
    Command command =
        Command.start(
            folder,
            "compare",
            "--class-path=" + classes,
            "--task=com.acme.Unequal",
            input("a"),
            "--on=sequential",
            "--repeat=1");
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .contains("com.acme.Unequal does not give the same text for the same line each time")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nothing | no class com.acme.Nothing in the class path; give its full name",
        "Plain | com.acme.Plain is no task; it has to implement dev.telar.TaskFunction<String,"
            + " ...>",
        "Wanting | com.acme.Wanting needs a public constructor without parameters",
        "Counter | com.acme.Counter takes java.lang.Integer; items are lines",
        "Broken | cannot make a com.acme.Broken: java.lang.IllegalStateException: no"
      })
  void aClassThatCannotBeUsedIsOneLine(String name, String told) throws Exception {
    // Each mistake in one of the two commands: both find the class in the same way.
    String command = name.equals("Plain") || name.equals("Broken") ? "run" : "compare";
    Command started =
        Command.start(
            folder, command, "--class-path=" + classes, "--task=com.acme." + name, input("a"));
    assertThat(started.exitCode()).as(started.err()).isEqualTo(2);
    assertThat(started.err()).startsWith("telar: " + told).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/nowhere.jar"})
  void soIsInputThatCannotBeUsed(String path) throws Exception {
    Command command =
        path.isEmpty()
            ? run("Work", input())
            : Command.start(
                folder, "run", "--class-path=" + path, "--task=com.acme.Work", input("a"));
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err())
        .startsWith(path.isEmpty() ? "telar: no items in " : "telar: no such file: " + path)
        .hasLineCount(1);
  }

  private Command run(String name, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("run", "--class-path=" + classes, "--task=com.acme." + name));
    all.addAll(List.of(arguments));
    return Command.start(folder, all.toArray(String[]::new));
  }

  private String input(String... lines) throws IOException {
    Path file = folder.resolve("in");
    return Files.writeString(file, String.join("\n", lines)).toString();
  }
}
