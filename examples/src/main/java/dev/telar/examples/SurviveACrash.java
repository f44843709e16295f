package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.TaskFuture;
import dev.telar.WorkerCrashedException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// One of three tasks takes its whole JVM down, as a fault in native code does. It alone fails; the
/// others, the pool and this program go on.
final class SurviveACrash {

  static void main() throws InterruptedException {
    try (Pool pool = Pool.processes(2)) {
      List<TaskFuture<String>> futures =
          List.of(
              pool.submit(() -> decode("cat.png")),
              pool.submit(() -> decode("broken.png")),
              pool.submit(() -> decode("dog.png")));

      for (TaskFuture<String> future : futures) {
        try {
          IO.println(future.get());
        } catch (ExecutionException e) {
          if (e.getCause() instanceof WorkerCrashedException crash) {
            IO.println("A worker died with exit code " + crash.exitCode().getAsInt());
          }
        }
      }
    }
  }

  private static String decode(String image) {
    if (image.startsWith("broken")) {
      Runtime.getRuntime().halt(70); // no exception, no shutdown hook: the JVM is gone
    }
    return image + " is decoded";
  }
}
