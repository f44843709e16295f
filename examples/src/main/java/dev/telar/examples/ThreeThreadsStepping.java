package dev.telar.examples;

import dev.telar.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Three threads take five steps each. Their lines mix: who is first is not decided by the program.
final class ThreeThreadsStepping {

  static void main() throws InterruptedException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      workers.add(Worker.thread("thread-" + number, () -> work(number)).start());
    }

    for (Worker worker : workers) {
      worker.join();
    }
    IO.println("All have finished");
  }

  private static void work(int number) throws InterruptedException {
    IO.println("Thread " + number + " starts");
    for (int step = 1; step <= 5; step++) {
      IO.println("Thread " + number + " takes step " + step);
      Thread.sleep(Duration.ofMillis(100));
    }
    IO.println("Thread " + number + " ends");
  }
}
