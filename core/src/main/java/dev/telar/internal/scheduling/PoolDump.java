package dev.telar.internal.scheduling;

import dev.telar.PoolStats;
import dev.telar.WorkerStats;
import dev.telar.WorkerStats.RunningTask;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a pool is doing, as text for people.
final class PoolDump {

  private final StringBuilder text = new StringBuilder();

  private PoolDump() {}

  static String of(PoolStats stats, List<TaskStack> stacks) {
    var dump = new PoolDump();
    dump.head(stats);
    stats.workers().forEach(worker -> dump.worker(worker, stacks));
    return dump.text.toString();
  }

  private void head(PoolStats stats) {
    line("pool " + stats.pool() + " (" + stats.engine() + ") at " + stats.time() + ":");
    line(
        "  tasks: "
            + (stats.submitted() + " submitted, ")
            + (stats.completed() + " completed, ")
            + (stats.failed() + " failed, ")
            + (stats.timedOut() + " timed out, ")
            + (stats.cancelled() + " cancelled, ")
            + (stats.pending() + " pending, ")
            + (stats.queued() + " queued"));
  }

  private void worker(WorkerStats worker, List<TaskStack> stacks) {
    line(
        "  "
            + (worker.name() + " (pid " + worker.pid() + "): ")
            + (worker.state().name().toLowerCase(Locale.ROOT) + ", ")
            + (worker.tasksDone() + " tasks done, ")
            + (worker.waiting() + " waiting")
            + (worker.memory() == 0 ? "" : ", " + (worker.memory() >> 20) + " MiB"));
    for (TaskStack stack : stacks) {
      if (stack.worker().equals(worker.name())) {
        task(stack);
      }
    }
  }

  private void task(TaskStack stack) {
    RunningTask task = stack.task();
    String attempt = task.attempt() > 1 ? " (attempt " + task.attempt() + ")" : "";
    line("    " + task.name() + attempt + ", running for " + seconds(task.since()));
    stack.frames().forEach(frame -> line("      at " + frame));
    if (stack.frames().isEmpty()) {
      line("      no stack: " + (stack.unseen().isEmpty() ? "it has ended" : stack.unseen()));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
