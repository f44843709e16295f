package dev.telar.examples;

import dev.telar.Worker;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedQueue;

/// One process puts numbers into a queue, another takes them until there will be no more. The end
/// signal is `close`: `next` then returns null, for every consumer there is. (A value of your own
/// that means the end works, too, but then one consumer must pass it on to the others.)
final class ProducerAndConsumer {

  static void main() throws InterruptedException {
    try (var shared = Shared.open()) {
      SharedQueue<Integer> queue = shared.queue();
      Worker producer = Worker.process("producer", () -> produce(queue)).start();
      Worker consumer = Worker.process("consumer", () -> consume(queue)).start();
      producer.join();
      consumer.join();
    }
  }

  private static void produce(SharedQueue<Integer> queue) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      queue.put(i);
    }
    queue.close();
  }

  private static void consume(SharedQueue<Integer> queue) throws InterruptedException {
    for (Integer item = queue.next(); item != null; item = queue.next()) {
      IO.println("Consumed: " + item);
    }
    IO.println("Nothing more will come");
  }
}
