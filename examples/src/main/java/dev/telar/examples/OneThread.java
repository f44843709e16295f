package dev.telar.examples;

import dev.telar.Worker;
import java.time.Duration;

/// Starts a thread, goes on at once, and waits for its end with `join`.
final class OneThread {

  static void main() throws InterruptedException {
    Worker worker = Worker.thread("worker", OneThread::work).start();
    IO.println("Main thread: started the worker, going on");
    worker.join();
    IO.println("Main thread: the worker has ended");
  }

  private static void work() throws InterruptedException {
    for (int step = 1; step <= 5; step++) {
      Thread.sleep(Duration.ofMillis(100));
      IO.println("Worker thread: step " + step);
    }
  }
}
