package dev.telar.internal.threads;

import dev.telar.Action;
import dev.telar.Outcome;
import dev.telar.StatefulFunction;
import dev.telar.StatefulTask;
import dev.telar.TaskFunction;
import dev.telar.internal.scheduling.ChunkJob;
import dev.telar.internal.scheduling.ChunkResult;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.StatefulCall;
import dev.telar.internal.scheduling.TaskJob;
import dev.telar.internal.state.StateInstances;
import dev.telar.internal.state.StateInstances.Instance;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Runs jobs whose tasks and items are the caller's own objects.
final class LocalTasks {

  /// Is told how far a job is.
  interface Progress {

    /// An item starts now.
    ///
    /// @param done how many results there are before it
    void starts(int done, @Nullable Object[] results);
  }

  private static final @Nullable Object[] NOTHING = {};

  private LocalTasks() {}

  /// Runs a job in this thread and tells it the outcome.
  ///
  /// @param progress is told when the job starts, and each item if the job has a time limit
  static void run(Job job, Progress progress) {
    switch (job) {
      case TaskJob task -> runTask(task, progress);
      case ChunkJob chunk -> runChunk(chunk, progress);
      default -> throw new AssertionError(job);
    }
  }

  private static void runTask(TaskJob job, Progress progress) {
    Instance state = null;
    long start = System.nanoTime();
    Object result;
    try {
      if (job.packed() instanceof StatefulCall call) {
        state = take(call);
        start = System.nanoTime();
        progress.starts(0, NOTHING);
        result = call(call, state);
      } else {
        progress.starts(0, NOTHING);
        result = call(job.packed());
      }
    } catch (Throwable e) {
      job.fail(e);
      return;
    } finally {
      giveBack(state);
    }
    job.succeed(result, System.nanoTime() - start);
  }

  /// The state for the current thread. Making it does not count as time of the job that needs it.
  private static Instance take(StatefulCall call) {
    var state = (StateInstances) call.state().packed();
    Instance instance = state.borrow();
    return instance != null ? instance : state.make();
  }

  private static void giveBack(@Nullable Instance state) {
    if (state != null) {
      state.giveBack();
    }
  }

  @SuppressWarnings("unchecked") // whatever the user's types are, the task takes its state
  private static @Nullable Object call(StatefulCall call, Instance state) throws Exception {
    return ((StatefulTask<@Nullable Object, @Nullable Object>) call.target()).call(state.value());
  }

  private static @Nullable Object call(Object task) throws Exception {
    if (task instanceof Callable<?> callable) {
      return callable.call();
    }
    if (task instanceof Action action) {
      action.act();
    } else {
      ((Runnable) task).run();
    }
    return null;
  }

  private static void runChunk(ChunkJob job, Progress progress) {
    @Nullable Object[] items = job.items();
    var results = new @Nullable Object[items.length];
    boolean timed = job.options().isTimed();
    boolean collects = job.collectsFailures();
    long start = System.nanoTime();
    Throwable failure = null;
    Instance state = null;
    int done = 0;
    try {
      if (job.function() instanceof StatefulCall call) {
        state = take(call);
        start = System.nanoTime();
      }
      var function = function(job.function(), state);
      progress.starts(0, results);
      for (; done < items.length && !job.unwanted(); done++) {
        if (timed) {
          if (job.isLate(done - 1)) { // with the results so far; what is left may run elsewhere
            break;
          }
          progress.starts(done, results);
        }
        results[done] = collects ? outcome(function, items[done]) : function.apply(items[done]);
      }
    } catch (Throwable e) {
      failure = e;
    } finally {
      giveBack(state);
    }
    boolean stopped = job.isLate(failure == null ? done - 1 : done);
    job.complete(ChunkResult.of(results, done, failure), stopped, System.nanoTime() - start);
  }

  private static Object outcome(
      TaskFunction<@Nullable Object, @Nullable Object> function, @Nullable Object item) {
    try {
      return new Outcome.Value<>(function.apply(item));
    } catch (Throwable e) {
      return new Outcome.Failure<>(e);
    }
  }

  @SuppressWarnings("unchecked") // packFunction and packItem are the identity here
  private static TaskFunction<@Nullable Object, @Nullable Object> function(
      Object packed, @Nullable Instance state) {
    if (state == null) {
      return (TaskFunction<@Nullable Object, @Nullable Object>) packed;
    }
    Object target = ((StatefulCall) packed).target();
    var stateful = (StatefulFunction<@Nullable Object, @Nullable Object, @Nullable Object>) target;
    return item -> stateful.apply(state.value(), item);
  }
}
