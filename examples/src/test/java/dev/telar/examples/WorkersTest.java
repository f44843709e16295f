package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Single threads and processes. A test is named as the example it runs.
class WorkersTest {

  @Test
  void oneThread() throws Exception {
    ExampleRun run = ExampleRun.of("one-thread");

    assertThat(run.out())
        .containsExactly(
            "Main thread: started the worker, going on",
            "Worker thread: step 1",
            "Worker thread: step 2",
            "Worker thread: step 3",
            "Worker thread: step 4",
            "Worker thread: step 5",
            "Main thread: the worker has ended");
    assertEndedWell(run);
  }

  @Test
  void oneProcess() throws Exception {
    ExampleRun run = ExampleRun.of("one-process");

    assertThat(run.out())
        .containsExactly("Working in a process of my own", "The process ended with exit code 0");
    assertEndedWell(run);
  }

  @Test
  void threeThreadsStepping() throws Exception {
    ExampleRun run = ExampleRun.of("three-threads-stepping");

    assertThreeTakeFiveSteps(run, "Thread");
  }

  @Test
  void threeProcessesStepping() throws Exception {
    ExampleRun run = ExampleRun.of("three-processes-stepping");

    assertThreeTakeFiveSteps(run, "Process");
  }

  private static void assertThreeTakeFiveSteps(ExampleRun run, String kind) {
    for (int number = 1; number <= 3; number++) {
      String worker = kind + " " + number;
      List<String> lines = run.out().stream().filter(line -> line.startsWith(worker)).toList();
      Stream<String> steps = IntStream.rangeClosed(1, 5).mapToObj(i -> worker + " takes step " + i);
      assertThat(lines)
          .containsExactlyElementsOf(
              Stream.of(Stream.of(worker + " starts"), steps, Stream.of(worker + " ends"))
                  .flatMap(part -> part)
                  .toList());
    }
    assertThat(run.out()).hasSize(3 * 7 + 1).last().isEqualTo("All have finished");
    assertEndedWell(run);
  }
}
