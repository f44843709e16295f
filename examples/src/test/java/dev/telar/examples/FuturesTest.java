package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Results that come later. A test is named as the example it runs.
class FuturesTest {

  @Test
  void submitAndResult() throws Exception {
    ExampleRun run = ExampleRun.of("submit-and-result");

    assertThat(run.out()).containsExactly("Meanwhile, something else", "The square of 5 is 25");
    assertEndedWell(run);
  }

  @Test
  void asCompletedAndWait() throws Exception {
    ExampleRun run = ExampleRun.of("as-completed-and-wait");

    assertThat(run.out()).hasSize(7);
    assertThat(run.out().getFirst()) // on a busy machine, others are done before one looks
        .matches("First: done [1-5], not done [0-4]");
    assertThat(run.out().subList(1, 6))
        .containsExactlyInAnyOrder(
            "Completed: 0", "Completed: 1", "Completed: 4", "Completed: 9", "Completed: 16");
    assertThat(run.out().getLast()).isEqualTo("All: done 5, not done 0");
    assertEndedWell(run);
  }
}
