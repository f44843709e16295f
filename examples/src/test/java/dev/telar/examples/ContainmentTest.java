package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
  void noGuardNeeded() throws Exception {
    ExampleRun run = ExampleRun.of("no-guard-needed");

    assertThat(run.out()).singleElement().asString().startsWith("Refused: ");
    assertEndedWell(run);
  }
}
