package dev.telar.examples;

import dev.telar.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Three processes take five steps each. What they print comes out of this program, whole lines,
/// and all of them before `join` returns.
final class ThreeProcessesStepping {

  static void main() throws InterruptedException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      workers.add(Worker.process("process-" + number, () -> work(number)).start());
    }

    for (Worker worker : workers) {
      worker.join();
    }
    IO.println("All have finished");
  }

  private static void work(int number) throws InterruptedException {
    IO.println("Process " + number + " starts");
    for (int step = 1; step <= 5; step++) {
      IO.println("Process " + number + " takes step " + step);
      Thread.sleep(Duration.ofMillis(100));
    }
    IO.println("Process " + number + " ends");
  }
}
