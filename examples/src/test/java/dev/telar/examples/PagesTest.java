package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The same four pages three times over. A test is named as the example it runs.
class PagesTest {

  private static final int LATENCY_MILLIS = 250;

  @Test
  void pagesInSequence() throws Exception {
    ExampleRun run = ExampleRun.of("pages-in-sequence");

    assertThat(run.numbersAfter(": ")).startsWith(1_000L, 20_000L, 300_000L, 4_000L).hasSize(5);
    assertThat(totalMillis(run)).isGreaterThanOrEqualTo(4 * LATENCY_MILLIS);
    assertEndedWell(run);
  }

  @Test
  void pagesOnThreads() throws Exception {
    ExampleRun run = ExampleRun.of("pages-on-threads");

    assertAllPagesFetched(run);
  }

  @Test
  void pagesInProcesses() throws Exception {
    ExampleRun run = ExampleRun.of("pages-in-processes");

    assertAllPagesFetched(run);
  }

  /// Says nothing of the time: on a busy machine the start of the client alone takes longer than
  /// all four pages.
  private static void assertAllPagesFetched(ExampleRun run) {
    assertThat(run.numbersAfter(": ").subList(0, 4))
        .containsExactlyInAnyOrder(1_000L, 4_000L, 20_000L, 300_000L);
    assertThat(run.out()).hasSize(5);
    assertThat(totalMillis(run)).isGreaterThanOrEqualTo(LATENCY_MILLIS);
    assertEndedWell(run);
  }

  private static long totalMillis(ExampleRun run) {
    return run.numbersAfter("Total time: ").getFirst();
  }
}
