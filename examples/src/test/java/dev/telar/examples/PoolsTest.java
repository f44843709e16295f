package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Functions over many items. A test is named as the example it runs.
class PoolsTest {

  @Test
  void squareOverAPool() throws Exception {
    ExampleRun run = ExampleRun.of("square-over-a-pool");

    assertThat(run.out()).containsExactly("Results: [1, 4, 9, 16, 25, 36]");
    assertEndedWell(run);
  }

  @Test
  void starmapOfAdd() throws Exception {
    ExampleRun run = ExampleRun.of("starmap-of-add");

    assertThat(run.out()).containsExactly("[3, 7, 11]");
    assertEndedWell(run);
  }

  @Test
  void factorialsOfLargeNumbers() throws Exception {
    ExampleRun run = ExampleRun.of("factorials-of-large-numbers");

    assertThat(run.out())
        .containsExactly(
            "1000! has 2568 digits",
            "2000! has 5736 digits",
            "5000! has 16326 digits",
            "10000! has 35660 digits",
            "20000! has 77338 digits");
    assertEndedWell(run);
  }

  @Test
  void mapOnThreads() throws Exception {
    ExampleRun run = ExampleRun.of("map-on-threads");

    assertThat(run.out()).containsExactly("[1, 4, 9, 16, 25]");
    assertEndedWell(run);
  }

  @Test
  void threadsInsideProcesses() throws Exception {
    ExampleRun run = ExampleRun.of("threads-inside-processes");

    assertThat(run.out())
        .singleElement()
        .asString()
        .matches("24 tasks ran in [12] processes: \\[\\d+(, \\d+)?]");
    assertEndedWell(run);
  }
}
