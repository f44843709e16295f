package dev.telar.examples;

import static dev.telar.examples.TwoTasksTest.assertEndedWell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Queues, pipes, locks and arrays between processes. A test is named as the example it runs.
class SharedObjectsTest {

  @Test
  void greetingThroughAQueue() throws Exception {
    assertPrints(
        "greeting-through-a-queue", "The worker received: Hello, world!", "The worker has ended");
  }

  @Test
  void producerAndConsumer() throws Exception {
    assertPrints(
        "producer-and-consumer",
        "Consumed: 0",
        "Consumed: 1",
        "Consumed: 2",
        "Consumed: 3",
        "Consumed: 4",
        "Nothing more will come");
  }

  @Test
  void partialSumsThroughAQueue() throws Exception {
    ExampleRun run = ExampleRun.of("partial-sums-through-a-queue");

    assertThat(run.out().subList(0, 3))
        .containsExactlyInAnyOrder(
            "A partial sum: 500000500000",
            "A partial sum: 1500000500000",
            "A partial sum: 2500000500000");
    assertThat(run.out().subList(3, run.out().size())).containsExactly("The total: 4500001500000");
    assertEndedWell(run);
  }

  @Test
  void wordsThroughAQueue() throws Exception {
    assertPrints(
        "words-through-a-queue",
        "9 words were produced",
        "and: 1",
        "become: 1",
        "cloth: 1",
        "loom: 1",
        "the: 2",
        "threads: 2",
        "weaves: 1");
  }

  @Test
  void pingPongOverAPipe() throws Exception {
    assertPrints(
        "ping-pong-over-a-pipe",
        "Parent received: pong 1",
        "Parent received: pong 2",
        "Parent received: pong 3",
        "Worker: the other side has closed the pipe");
  }

  @Test
  void counterUnderALock() throws Exception {
    ExampleRun run = ExampleRun.of("counter-under-a-lock");

    assertThat(run.out())
        .contains("Two threads, 100000 additions", "Two processes, 100000 additions");
    assertThat(run.numbersAfter("with a lock:")).isEqualTo(List.of(100_000L, 100_000L));
    assertThat(run.numbersAfter("without a lock:"))
        .hasSize(2)
        .allSatisfy(count -> assertThat(count).isBetween(1L, 99_999L));
    assertEndedWell(run);
  }

  @Test
  void arrayFilledByFourWorkers() throws Exception {
    assertPrints(
        "array-filled-by-four-workers",
        "Filled: [250000, 250000, 250000, 250000]",
        "The root of 144 is 12.0",
        "The root of 998001 is 999.0");
  }

  @Test
  void twoProgramsOverASocket() throws Exception {
    ExampleRun run = ExampleRun.of("two-programs-over-a-socket");

    assertThat(run.out())
        .containsSubsequence("Client: 3 squared is 9", "Client: 12 squared is 144")
        .contains("Server: the client has closed the connection");
    assertEndedWell(run);
  }

  private static void assertPrints(String example, String... lines) throws Exception {
    ExampleRun run = ExampleRun.of(example);

    assertThat(run.out()).containsExactly(lines);
    assertEndedWell(run);
  }
}
