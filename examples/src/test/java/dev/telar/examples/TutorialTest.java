package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of the tutorial do what it says, run as it says: from their source, so that their
/// classes exist only in the JVM that runs them.
class TutorialTest {

  private static final Path TUTORIAL = Path.of("../docs/tutorial/first-pool.md");

  @TempDir private Path directory;

  @Test
  void theFirstPoolSquaresNumbers() throws Exception {
    assertThat(run(0).out()).containsExactly("[1, 4, 9, 16, 25]");
  }

  @Test
  void aTaskRunsInAnotherProcess() throws Exception {
    ExampleRun run = run(1);

    assertThat(run.numbersAfter("this program is "))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(run.numbersAfter("the task ran in "));
  }

  @Test
  void resultsComeAsTheyAreReady() throws Exception {
    // In which order depends on how fast a busy machine starts three JVMs.
    assertThat(run(2).out()).containsExactlyInAnyOrder("slept 1 s", "slept 2 s", "slept 3 s");
  }

  @Test
  void aHungTaskIsGivenUp() throws Exception {
    ExampleRun run = run(3);

    assertThat(run.out()).hasSize(2).last().isEqualTo("still working: 42");
    assertThat(run.out().getFirst()).startsWith("given up: ");
  }

  @Test
  void aCrashIsToldWithItsExitCode() throws Exception {
    ExampleRun run = run(4);

    assertThat(run.out()).hasSize(2).first().isEqualTo("unhurt");
    assertThat(run.out().getLast()).contains("exited with code 3");
  }

  private ExampleRun run(int step) throws IOException, InterruptedException {
    List<Snippet> programs = Snippet.of(TUTORIAL).stream().filter(Snippet::isProgram).toList();
    assertThat(programs).as("steps that have a test").hasSize(5);
    Path source = directory.resolve("Step.java");
    Files.writeString(source, programs.get(step).getCharContent(true));
    ExampleRun run = ExampleRun.java(source.toString());
    assertEndedWell(run);
    return run;
  }
}
