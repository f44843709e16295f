package dev.telar.examples;

import dev.telar.Worker;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedQueue;
import java.util.stream.LongStream;

/// Three processes sum a range of numbers each and put their sum into a queue; the parent adds up.
final class PartialSumsThroughAQueue {

  static void main() throws InterruptedException {
    try (var shared = Shared.open()) {
      SharedQueue<Long> sums = shared.queue();
      for (int part = 0; part < 3; part++) {
        long from = part * 1_000_000L + 1;
        long to = (part + 1) * 1_000_000L;
        Worker.process("sum-" + part, () -> sums.put(LongStream.rangeClosed(from, to).sum()))
            .start();
      }

      long total = 0;
      for (int part = 0; part < 3; part++) {
        long sum = sums.take();
        IO.println("A partial sum: " + sum);
        total += sum;
      }
      IO.println("The total: " + total);
    }
  }
}
