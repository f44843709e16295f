package dev.telar.internal.threads;

import dev.telar.TaskProgress;
import dev.telar.WorkerStats.RunningTask;
import dev.telar.internal.progress.ProgressSink;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.ChunkJob;
import dev.telar.internal.scheduling.ChunkResult;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import dev.telar.internal.scheduling.TaskStack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One job after another in one thread, each of which may be interrupted while it runs and not a
/// moment longer.
@SuppressWarnings("ReferenceEquality") // jobs have identity
final class LocalRun implements LocalTasks.Progress, ProgressSink {

  private record Report(TaskProgress progress, long nanos) {}

  private static final @Nullable Object[] NOTHING = {};

  /// How long a time-out waits for the stack of the task.
  private static final long STACK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Thread thread;
  private final @Nullable ClassLoader loader;
  private final int priority;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Job current;
  private volatile @Nullable Object[] results = NOTHING;
  private volatile int done;
  private volatile long started;
  private volatile @Nullable Report report;

  LocalRun(Thread thread) {
    this.thread = thread;
    this.loader = thread.getContextClassLoader();
    this.priority = thread.getPriority();
  }

  /// Runs a job to its end in the current thread, which must be the one given above.
  void run(Job job, Slot slot, Scheduler scheduler) {
    begin(job);
    bind();
    try {
      if (scheduler.isStopped()) { // it may have come too late for interruptAny()
        job.fail(new CancellationException("the pool was stopped"));
      } else if (!job.unwanted()) {
        Deadlines.watch(job, slot);
        job.tellStarting();
        LocalTasks.run(job, this);
      }
    } finally {
      finish();
      scheduler.ended(job);
    }
  }

  @Override
  public void starts(int doneBefore, @Nullable Object[] resultsSoFar) {
    results = resultsSoFar;
    started = System.nanoTime(); // before the item: see item()
    done = doneBefore; // publishes what was put into the array before
  }

  @Override
  public void report(long doneSoFar, long total) {
    report = new Report(new TaskProgress(doneSoFar, total), System.nanoTime());
  }

  /// The last report of the job, or null.
  @Nullable TaskProgress progress(Job job) {
    Report last = lastReport(job);
    return last == null ? null : last.progress;
  }

  /// When that was, or 0.
  long reportedNanos(Job job) {
    Report last = lastReport(job);
    return last == null ? 0 : last.nanos;
  }

  private @Nullable Report lastReport(Job job) {
    lock.lock();
    try {
      return current == job ? report : null;
    } finally {
      lock.unlock();
    }
  }

  /// The job has exceeded a time limit: it fails, with the results that a chunk has so far, and its
  /// thread is interrupted. First its stack is taken, by a thread that can be spared: where the JVM
  /// cannot look into the thread that takes long.
  void timeOut(Job job) {
    job.unseen("its thread is where the JVM cannot look into it, such as a native call");
    Future<?> late = Deadlines.after(STACK_NANOS, () -> giveUp(job));
    Callbacks.runUntrusted(
        () -> {
          StackTraceElement[] stack = thread.getStackTrace();
          if (isCurrent(job)) {
            job.seen(stack);
          }
          late.cancel(false);
          giveUp(job);
        });
  }

  private boolean isCurrent(Job job) {
    lock.lock();
    try {
      return current == job;
    } finally {
      lock.unlock();
    }
  }

  /// Only the first call for a job counts. An item that has ended meanwhile is no reason to disturb
  /// the next.
  private void giveUp(Job job) {
    switch (job) {
      case ChunkJob chunk -> {
        ChunkResult results = beforeLateItem(chunk);
        if (results == null) {
          return;
        }
        chunk.complete(results, true, 0);
      }
      default -> job.fail(job.timeoutError());
    }
    interrupt(job);
  }

  /// The results before the item that is late, or null if that one does not run any more.
  private @Nullable ChunkResult beforeLateItem(ChunkJob job) {
    lock.lock();
    try {
      return current == job && job.isLate(done) ? ChunkResult.of(results, done, null) : null;
    } finally {
      lock.unlock();
    }
  }

  private void begin(Job job) {
    lock.lock();
    try {
      current = job;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // it was the task that set another one
  private void finish() {
    lock.lock();
    try {
      current = null;
      results = NOTHING;
      started = 0;
      report = null;
      var _ = Thread.interrupted(); // an interrupt was for the job that has just ended
      if (!Objects.equals(thread.getContextClassLoader(), loader)) {
        thread.setContextClassLoader(loader);
      }
      if (thread.getPriority() != priority) {
        thread.setPriority(priority);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts the job if it is the one that runs.
  void interrupt(Job job) {
    lock.lock();
    try {
      if (current == job) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts whatever runs.
  void interruptAny() {
    lock.lock();
    try {
      if (current != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What runs now: at most one.
  List<RunningTask> running() {
    lock.lock();
    try {
      Job job = current;
      if (job == null || started == 0) {
        return List.of();
      }
      String name =
          job instanceof ChunkJob chunk && job.options().timeout() != null
              ? chunk.nameOfItem(done)
              : job.name();
      Duration since = Duration.ofNanos(System.nanoTime() - started);
      return List.of(new RunningTask(name, job.attempt(), since));
    } finally {
      lock.unlock();
    }
  }

  /// Where the running job is: at most one.
  List<TaskStack> stacks(String worker) {
    StackTraceElement[] stack = thread.getStackTrace();
    return running().stream().map(task -> TaskStack.of(worker, task, stack)).toList();
  }

  /// Which item of the job runs. Asked for the same item before and after it, [#startedNanos] is
  /// not from before the start of that item.
  int item(Job job) {
    lock.lock();
    try {
      return current == job ? done : 0;
    } finally {
      lock.unlock();
    }
  }

  /// When the job was started, or 0 if another one runs.
  long startedNanos(Job job) {
    lock.lock();
    try {
      return current == job ? started : 0;
    } finally {
      lock.unlock();
    }
  }
}
