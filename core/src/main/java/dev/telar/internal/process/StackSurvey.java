package dev.telar.internal.process;

import dev.telar.WorkerStats.RunningTask;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.TaskStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks workers where their tasks are, all at once, and waits for the answers for a bounded time.
final class StackSurvey {

  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private record Asked(
      String worker, RunningTask task, CompletableFuture<List<StackTraceElement>> answer) {}

  private final List<Asked> asked = new ArrayList<>();

  /// Asks one worker.
  void ask(String name, WorkerProcess worker, SentJobs jobs, Stopping stopping) {
    for (Sent sent : jobs.all()) {
      long started = worker.page().startedNanos(sent.entry(), sent.number());
      if (started != 0) {
        var since = Duration.ofNanos(Math.max(0, System.nanoTime() - started));
        var task = new RunningTask(CrashReport.taskOf(worker, sent), sent.job().attempt(), since);
        asked.add(new Asked(name, task, stopping.look(sent)));
      }
    }
  }

  /// What they have answered.
  List<TaskStack> await() {
    long end = System.nanoTime() + LIMIT_NANOS;
    boolean interrupted = false;
    var stacks = new ArrayList<TaskStack>();
    for (Asked each : asked) {
      try {
        stacks.add(read(each, interrupted ? 0 : Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
        stacks.add(unseen(each, "who asked was interrupted"));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return stacks;
  }

  private static TaskStack read(Asked each, long nanos) throws InterruptedException {
    try {
      List<StackTraceElement> stack = each.answer.get(nanos, TimeUnit.NANOSECONDS);
      return stack.isEmpty()
          ? unseen(each, "its thread is where the JVM cannot look into it, such as a native call")
          : new TaskStack(each.worker, each.task, stack, "");
    } catch (TimeoutException e) {
      return unseen(each, "its worker does not answer, or it has ended meanwhile");
    } catch (ExecutionException e) {
      throw new AssertionError("nobody completes it so", e);
    }
  }

  private static TaskStack unseen(Asked each, String why) {
    return TaskStack.unseen(each.worker, each.task, why);
  }
}
