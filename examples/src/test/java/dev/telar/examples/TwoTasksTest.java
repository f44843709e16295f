package dev.telar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The same two tasks three times over. A test is named as the example it runs.
class TwoTasksTest {

  @Test
  void twoTasksInSequence() throws Exception {
    ExampleRun run = ExampleRun.of("two-tasks-in-sequence");

    assertThat(run.out())
        .startsWith("Task 1 starts", "Task 1 ends", "Task 2 starts", "Task 2 ends")
        .hasSize(5);
    assertThat(run.numbersAfter("after ")).singleElement().matches(millis -> millis >= 1_000);
    assertEndedWell(run);
  }

  @Test
  void twoTasksOnThreads() throws Exception {
    ExampleRun run = ExampleRun.of("two-tasks-on-threads");

    assertThat(run.out().subList(0, 2))
        .containsExactlyInAnyOrder(
            "Task 1 starts on thread first", "Task 2 starts on thread second");
    assertThat(run.out().subList(2, 4)).containsExactlyInAnyOrder("Task 1 ends", "Task 2 ends");
    assertThat(run.out()).hasSize(5);
    assertEndedWell(run);
  }

  @Test
  void twoTasksInProcesses() throws Exception {
    ExampleRun run = ExampleRun.of("two-tasks-in-processes");

    assertThat(run.numbersAfter("pid ")).hasSize(3).doesNotHaveDuplicates();
    assertThat(run.out())
        .containsOnlyOnce("Task 1 ends", "Task 2 ends")
        .last()
        .asString()
        .startsWith("Both processes have finished");
    assertEndedWell(run);
  }

  static void assertEndedWell(ExampleRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }
}
