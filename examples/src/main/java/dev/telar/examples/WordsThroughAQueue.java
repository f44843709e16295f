package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.TaskFuture;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One process reads a text file and puts its words into a queue, another takes and counts them.
/// The queue holds so many words at most: a producer that is faster waits for its consumer.
final class WordsThroughAQueue {

  static void main() throws Exception {
    Path file = Files.createTempFile("loom", ".txt");
    Files.writeString(file, "The loom weaves threads\nand the threads become cloth\n");
    try (var shared = Shared.open();
        var pool = Pool.processes(2)) {
      SharedQueue<String> words = shared.queue(100);
      TaskFuture<Integer> produced = pool.submit(() -> produce(file, words));
      TaskFuture<Map<String, Integer>> counted = pool.submit(() -> count(words));

      IO.println(produced.get() + " words were produced");
      counted.get().forEach((word, times) -> IO.println(word + ": " + times));
    } finally {
      Files.delete(file);
    }
  }

  private static int produce(Path file, SharedQueue<String> words)
      throws IOException, InterruptedException {
    int produced = 0;
    for (String line : Files.readAllLines(file)) {
      for (String word : line.toLowerCase(Locale.ROOT).split("\\W+")) {
        words.put(word);
        produced++;
      }
    }
    words.close();
    return produced;
  }

  private static Map<String, Integer> count(SharedQueue<String> words) throws InterruptedException {
    var counts = new TreeMap<String, Integer>();
    for (String word = words.next(); word != null; word = words.next()) {
      counts.merge(word, 1, Integer::sum);
    }
    return counts;
  }
}
