package dev.telar.examples;

import dev.telar.Worker;
import java.time.Duration;

/// The two tasks of [TwoTasksInSequence] on two threads: both wait at the same time, so the whole
/// takes half a second.
final class TwoTasksOnThreads {

  static void main() throws InterruptedException {
    long start = System.nanoTime();

    Worker first = Worker.thread("first", () -> task(1));
    Worker second = Worker.thread("second", () -> task(2));
    first.start();
    second.start();
    first.join();
    second.join();

    long millis = (System.nanoTime() - start) / 1_000_000;
    IO.println("Both tasks have finished after " + millis + " ms");
  }

  private static void task(int number) throws InterruptedException {
    IO.println("Task " + number + " starts on thread " + Thread.currentThread().getName());
    Thread.sleep(Duration.ofMillis(500));
    IO.println("Task " + number + " ends");
  }
}
