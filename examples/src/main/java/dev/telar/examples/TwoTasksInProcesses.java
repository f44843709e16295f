package dev.telar.examples;

import dev.telar.Worker;
import java.time.Duration;

/// The two tasks of [TwoTasksInSequence] in two processes. One word has changed against
/// [TwoTasksOnThreads]; each task now has a JVM, a memory and a pid of its own.
final class TwoTasksInProcesses {

  static void main() throws InterruptedException {
    Worker first = Worker.process("first", () -> task(1));
    Worker second = Worker.process("second", () -> task(2));
    first.start();
    second.start();
    first.join();
    second.join();

    IO.println("Both processes have finished, this one is pid " + ProcessHandle.current().pid());
  }

  private static void task(int number) throws InterruptedException {
    IO.println("Task " + number + " starts in pid " + ProcessHandle.current().pid());
    Thread.sleep(Duration.ofMillis(500));
    IO.println("Task " + number + " ends");
  }
}
