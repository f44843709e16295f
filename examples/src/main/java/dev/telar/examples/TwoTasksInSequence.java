package dev.telar.examples;

import java.time.Duration;

/// Two tasks, one after the other. The second waits for the first although it does not need it:
/// half a second each, one second in all.
final class TwoTasksInSequence {

  static void main() throws InterruptedException {
    long start = System.nanoTime();

    task(1);
    task(2);

    long millis = (System.nanoTime() - start) / 1_000_000;
    IO.println("Both tasks have finished after " + millis + " ms");
  }

  private static void task(int number) throws InterruptedException {
    IO.println("Task " + number + " starts");
    Thread.sleep(Duration.ofMillis(500));
    IO.println("Task " + number + " ends");
  }
}
