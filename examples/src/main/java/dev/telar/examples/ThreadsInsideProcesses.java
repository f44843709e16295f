package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Two processes that run four tasks each: eight at once. For tasks that mostly wait and still are
/// to be kept apart from the program, at the price of two JVMs instead of eight.
final class ThreadsInsideProcesses {

  static void main() {
    try (Pool pool = ProcessPool.builder().workers(2).threadsPerWorker(4).build()) {
      List<TaskFuture<Long>> futures = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        futures.add(pool.submit(ThreadsInsideProcesses::waitAndTellPid));
      }

      var pids = new TreeSet<Long>();
      for (TaskFuture<Long> future : futures) {
        pids.add(future.join());
      }
      IO.println("24 tasks ran in " + pids.size() + " processes: " + pids);
    }
  }

  private static long waitAndTellPid() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(500));
    return ProcessHandle.current().pid();
  }
}
