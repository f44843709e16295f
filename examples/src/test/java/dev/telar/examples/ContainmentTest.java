package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What only processes can do. A test is named as the example it runs.
class ContainmentTest {

  @Test
  void killAHungTask() throws Exception {
    ExampleRun run = ExampleRun.of("kill-a-hung-task");

    assertThat(run.out()).hasSize(2);
    assertThat(run.out().getFirst()).startsWith("Killed: dev.telar.TaskTimeoutException");
    assertThat(run.out().getLast()).isEqualTo("The pool goes on: 6 x 7 = 42");
    assertEndedWell(run);
  }

  @Test
  void surviveACrash() throws Exception {
    ExampleRun run = ExampleRun.of("survive-a-crash");

    assertThat(run.out())
        .containsExactly(
            "cat.png is decoded", "A worker died with exit code 70", "dog.png is decoded");
    assertEndedWell(run);
  }

  @Test
  @Timeout(240) // some seconds, on a machine that has nothing else to do
  void parseDocuments() throws Exception {
    ExampleRun run = ExampleRun.of("parse-documents");

    long documents = Long.parseLong(run.out().getFirst().split(" ")[0]);
    assertThat(documents).isGreaterThan(20);
    assertThat(run.numbersAfter("Accounted for: ")).containsExactly(documents);
    assertThat(run.out())
        .anySatisfy(line -> assertThat(line).endsWith(" parsed"))
        .anySatisfy(line -> assertThat(line).endsWith(" refused by the parser"))
        .anySatisfy(line -> assertThat(line).endsWith(" took too much memory"));
    assertThat(run.out().getLast()).endsWith("the same outcomes");
    assertEndedWell(run);
  }

  @Test
  void noGuardNeeded() throws Exception {
    ExampleRun run = ExampleRun.of("no-guard-needed");

    assertThat(run.out()).singleElement().asString().startsWith("Refused: ");
    assertEndedWell(run);
  }
}
