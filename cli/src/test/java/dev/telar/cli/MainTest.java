package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.telar.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.jr.ob.JSON;

/// The command as a user meets it: the real `main` in a JVM of its own.
class MainTest {

  @TempDir Path folder;

  record Mistake(String typed, String told) {}

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            "compare words FOLDER/nowhere",
            "no such file or folder: FOLDER/nowhere; name a text file, a folder or a zip"),
        new Mistake(
            "compare words FOLDER/no.zip",
            "FOLDER/no.zip is not a zip; rename it if it holds plain text"),
        new Mistake(
            "compare words FOLDER/empty.txt",
            "no text in FOLDER/empty.txt; name a file that is not empty"),
        new Mistake(
            "compare --on sequential words FOLDER/numbers.txt",
            "no words in FOLDER/numbers.txt; name text in UTF-8"),
        new Mistake("compare words FOLDER/cut.zip", "cannot read FOLDER/cut.zip: "),
        new Mistake(
            "compare -n 0",
            "-n must be between 1 and 1000, not 0; see 'telar compare words --help'"),
        new Mistake(
            "compare words --repeat many",
            "invalid value for option '--repeat': 'many' is not an int;"
                + " see 'telar compare words --help'"),
        new Mistake(
            "compare --on fibers",
            "invalid value for option '--on' (MODE):"
                + " 'fibers' is none of [sequential, threads, virtual, processes];"
                + " see 'telar compare words --help'"),
        new Mistake(
            "compare words --bogus", "unknown option '--bogus'; see 'telar compare words --help'"),
        new Mistake(
            "compare chess",
            "unknown workload 'chess', there is: words, fetch, factorial, primes, serial, sleep,"
                + " run; see 'telar compare --help'"),
        new Mistake(
            "example nothing", "unknown example 'nothing'; 'telar examples' lists them all"),
        new Mistake("example", "missing required parameter: 'NAME'; see 'telar example --help'"),
        new Mistake(
            "dance",
            "unknown command 'dance', there is: compare, words, fetch, factorial, primes, serial,"
                + " sleep, run, examples, example, soak, bench; see 'telar --help'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyMistakeIsOneLineThatSaysWhatToDo(Mistake mistake) throws Exception {
    Files.writeString(folder.resolve("no.zip"), "just text");
    Files.writeString(folder.resolve("cut.zip"), "PK\3\4 and then nothing");
    Files.writeString(folder.resolve("empty.txt"), "");
    Files.writeString(folder.resolve("numbers.txt"), "1 2 3");
    Command command =
        Command.start(folder, mistake.typed().replace("FOLDER", folder.toString()).split(" "));
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err())
        .startsWith("telar: " + mistake.told().replace("FOLDER", folder.toString()))
        .endsWith("\n")
        .hasLineCount(1);
  }

  @Test
  void withoutArgumentsItPrintsAShortUsage() throws Exception {
    Command command = Command.start(folder);
    assertThat(command.exitCode()).isZero();
    assertThat(command.out())
        .startsWith("Usage: telar")
        .contains("compare")
        .doesNotContain("  measure");
    assertThat(command.out().lines().count()).isLessThan(24); // fits a terminal
    assertThat(command.err()).isEmpty();
  }

  @Test
  void theBenchmarksReadTheirOwnOptions() throws Exception {
    Command help = Command.start(folder, "bench", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: telar bench");
    Command mistake = Command.start(folder, "bench", "--bogus");
    assertThat(mistake.exitCode()).isEqualTo(2);
    assertThat(mistake.err()).startsWith("telar bench: unknown option --bogus").hasLineCount(1);
  }

  @Test
  void listsTheExamplesAndRunsThem() throws Exception {
    Command list = Command.start(folder, "examples");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out().lines())
        .hasSize(Examples.all().size() + 2)
        .anyMatch(line -> line.startsWith("starmap-of-add "));
    Command example = Command.start(folder, "example", "starmap-of-add");
    assertThat(example.exitCode()).as(example.err()).isZero();
    assertThat(example.out()).contains("[3, 7, 11]");
  }

  @Test
  void comparesInFreshJvmsAndPrintsATable() throws Exception {
    Command command = Command.start(folder, "compare", "words", text(), "--repeat=1", "-n=2");
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out())
        .startsWith("words in " + text() + " (1 file, 57.5 kB)\n")
        .containsPattern("(?m)^sequential +[0-9.]+ m?s +[0-9.]+ m?s")
        .containsPattern("(?m)^processes +[0-9.]+ m?s +[0-9.]+ m?s")
        .contains("All four answers agree:\n", "10,000 words, 4 different ones.\n")
        .contains("Most frequent: be 2,500,")
        .contains("\nUse ");
    assertThat(command.err()).as("no terminal, no progress").isEmpty();
  }

  @Test
  void printsNothingButJsonIfAsked() throws Exception {
    Command command =
        Command.start(folder, "compare", "--json", "--repeat=2", "--on=virtual", "words", text());
    assertThat(command.exitCode()).as(command.err()).isZero();
    Map<String, Object> json = JSON.std.mapFrom(command.out());
    assertThat(json).containsEntry("repeat", 2).containsEntry("agree", true);
    assertThat((List<?>) json.get("modes")).hasSize(1);
    assertThat(json)
        .extractingByKey("answer", InstanceOfAssertFactories.MAP)
        .containsEntry("words", 10_000);
  }

  @Test
  void aReaderThatGoesAwayIsNoError() throws Exception {
    assumeThat(Path.of("/bin/sh")).exists();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String script =
        "\"$JAVA\" -cp \"$CP\" "
            + Main.class.getName()
            + " compare words --on sequential --repeat 1 \"$TEXT\"";
    Command command =
        Command.start(
            folder,
            List.of("/bin/sh", "-c", "{ " + script + "; echo $? >&2; } | head -c 1"),
            Map.of(
                "JAVA",
                java,
                "CP",
                System.getProperty("java.class.path"),
                "TEXT",
                text(),
                "X",
                ""));
    assertThat(command.exitCode()).isZero();
    assertThat(command.err()).isEqualTo("141\n");
  }

  private String text() throws IOException {
    Path file = folder.resolve("text.txt");
    return Files.writeString(file, "be wise, or otherwise!".repeat(2_500).replace("!b", "! b"))
        .toString();
  }
}
