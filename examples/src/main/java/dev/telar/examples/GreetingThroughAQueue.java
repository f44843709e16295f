package dev.telar.examples;

import dev.telar.Worker;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedQueue;

/// A process waits at a queue for what the parent puts into it. Capturing the queue in the task is
/// all it takes to pass it on.
final class GreetingThroughAQueue {

  static void main() throws InterruptedException {
    try (var shared = Shared.open()) {
      SharedQueue<String> queue = shared.queue();
      Worker worker = Worker.process("worker", () -> work(queue)).start();

      queue.put("Hello, world!");
      worker.join();
    }
    IO.println("The worker has ended");
  }

  private static void work(SharedQueue<String> queue) throws InterruptedException {
    IO.println("The worker received: " + queue.take());
  }
}
