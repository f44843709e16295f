package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.StatefulPool;
import dev.telar.TaskFuture;
import dev.telar.TaskOptions;
import dev.telar.TaskOutOfMemoryException;
import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import dev.telar.examples.documents.Documents;
import dev.telar.examples.documents.Extract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.tika.parser.AutoDetectParser;

/// Parses documents that nobody here wrote with Apache Tika: sound ones, broken copies, bombs. Each
/// has a time limit, each worker a small heap; whatever a document does costs that document. Then
/// all of them in one JVM with such a heap, to see what they do to each other, and the sound ones
/// again on threads of this JVM, to see what the isolation costs.
final class ParseDocuments {

  private static final int MOST = 40;
  private static final Logger QUIET = Logger.getLogger("org.apache"); // held, lest it be collected

  static void main() throws IOException, InterruptedException {
    QUIET.setLevel(Level.OFF);
    try (Documents documents = Documents.gather(MOST);
        ProcessPool processes = smallWorkers(2);
        Pool threads = Pool.threads(2)) {
      var all = new ArrayList<Path>(documents.sound());
      all.addAll(documents.hostile());
      IO.println(all.size() + " documents, " + documents.hostile().size() + " of them hostile");

      Map<String, Integer> ends = counted(parseAll(parsers(processes), all));
      print(ends);
      IO.println("Accounted for: " + ends.values().stream().mapToInt(it -> it).sum());

      IO.println("All of them on two threads of one JVM with the same heap:");
      parseInOneJvm(all);
      compare(parsers(processes), parsers(threads), documents.sound());
    }
  }

  private static ProcessPool smallWorkers(int workers) {
    return ProcessPool.builder()
        .workers(workers)
        .maxHeap("64m")
        .grace(Duration.ofMillis(200))
        .outputHandler((worker, error, line) -> {}) // parsers complain a lot
        .build();
  }

  private static Map<String, Integer> counted(List<String> ends) {
    Map<String, Integer> counts = new TreeMap<>();
    ends.forEach(end -> counts.merge(end, 1, Integer::sum));
    return counts;
  }

  private static void print(Map<String, Integer> ends) {
    ends.forEach((end, count) -> IO.println("  " + count + " " + end));
  }

  /// The same without isolation. The JVM is a worker, so that whatever happens to it happens there.
  private static void parseInOneJvm(List<Path> files) throws InterruptedException {
    try (ProcessPool jvm = smallWorkers(1)) {
      print(
          jvm.with(TaskOptions.defaults().timeout(Duration.ofMinutes(2)))
              .submit(
                  () -> {
                    try (Pool threads = Pool.threads(2)) {
                      return counted(parseAll(parsers(threads), files));
                    }
                  })
              .get());
    } catch (ExecutionException e) {
      IO.println("  the JVM did not survive it: " + e.getCause());
    }
  }

  /// A parser for each worker: it takes a second to make, and cannot travel.
  private static StatefulPool<AutoDetectParser> parsers(Pool pool) {
    return pool.with(TaskOptions.defaults().timeout(Duration.ofSeconds(20)))
        .withState(AutoDetectParser::new);
  }

  /// Parses each document, and says how that ended.
  private static List<String> parseAll(StatefulPool<AutoDetectParser> pool, List<Path> files)
      throws InterruptedException {
    List<TaskFuture<Extract>> futures =
        files.stream().map(file -> pool.<Extract>submit(it -> Extract.of(it, file))).toList();
    List<String> ends = new ArrayList<>();
    for (TaskFuture<Extract> future : futures) {
      try {
        ends.add("parsed" + (future.get().characters() == 0 ? ", and empty" : ""));
      } catch (ExecutionException e) {
        ends.add(
            switch (e.getCause()) {
              case TaskTimeoutException _ -> "took too long";
              case TaskOutOfMemoryException _ -> "took too much memory";
              case OutOfMemoryError _ -> "found no memory, taken by itself or by its neighbour";
              case WorkerCrashedException crash -> "ended the worker: " + crash.crashCause();
              case null, default -> "refused by the parser";
            });
      }
    }
    return ends;
  }

  /// Times the same documents in processes and on threads, when both have parsed them before.
  private static void compare(
      StatefulPool<AutoDetectParser> processes,
      StatefulPool<AutoDetectParser> threads,
      List<Path> sound)
      throws InterruptedException {
    boolean same = parseAll(processes, sound).equals(parseAll(threads, sound));
    long inProcesses = millis(processes, sound);
    long onThreads = millis(threads, sound);
    IO.println(
        "The %d sound ones again: %d ms in processes, %d ms on threads, %s"
            .formatted(
                sound.size(),
                inProcesses,
                onThreads,
                same ? "the same outcomes" : "other outcomes"));
  }

  private static long millis(StatefulPool<AutoDetectParser> pool, List<Path> files)
      throws InterruptedException {
    long start = System.nanoTime();
    var _ = parseAll(pool, files);
    return (System.nanoTime() - start) / 1_000_000;
  }
}
