package dev.telar.internal.threads;

import dev.telar.Capabilities;
import dev.telar.Task;
import dev.telar.TaskProgress;
import dev.telar.WorkerStats;
import dev.telar.WorkerStats.RunningTask;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import dev.telar.internal.scheduling.TaskStack;
import dev.telar.internal.state.StateInstances;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A virtual thread for each job, all of them in one slot.
public final class VirtualThreadEngine extends LocalEngine {

  private final String name;
  private final LocalUsage usage = new LocalUsage();
  private @Nullable Scheduler scheduler;

  /// The virtual threads of this pool that run a job now.
  private final Map<Job, LocalRun> running = new ConcurrentHashMap<>();

  private static final ThreadLocal<@Nullable VirtualThreadEngine> CURRENT = new ThreadLocal<>();

  public VirtualThreadEngine(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return "virtual threads";
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Integer.MAX_VALUE, false, false, false, true, true);
  }

  @Override
  public boolean chunks() {
    return false;
  }

  @Override
  public void start(Scheduler scheduler) {
    this.scheduler = scheduler;
    scheduler.add(new AllThreads(scheduler));
  }

  @Override
  StateInstances instances(Task<?> initializer) {
    return StateInstances.borrowed(initializer);
  }

  @Override
  public void stop() {
    if (hasStates()) {
      Callbacks.runUntrusted(this::end); // closing them is the user's code
    } else {
      end();
    }
  }

  private void end() {
    try {
      endStates();
    } finally {
      if (scheduler != null) {
        scheduler.terminated();
      }
    }
  }

  @Override
  public void stopRunning() {
    running.values().forEach(LocalRun::interruptAny);
  }

  @Override
  public List<WorkerStats> workers() {
    List<RunningTask> tasks =
        running.values().stream().flatMap(run -> run.running().stream()).toList();
    return List.of(usage.stats(name + "-virtual", tasks, 0));
  }

  @Override
  public List<TaskStack> stacks() {
    return running.values().stream()
        .flatMap(run -> run.stacks(name + "-virtual").stream())
        .toList();
  }

  @Override
  public boolean isOwnThread() {
    return Thread.currentThread().isVirtual() && CURRENT.get() == this;
  }

  private final class AllThreads implements Slot {
    private final Scheduler scheduler;
    private final AtomicLong numbers = new AtomicLong();
    private static final int MOST_STARTS = 64;

    AllThreads(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    /// Starts what waits. Whoever submits does it, for a while; then a thread of its own, lest a
    /// submitter start the tasks of all others for ever.
    @Override
    public void wake() {
      int started = 0;
      for (Job job; (job = scheduler.next(this, true)) != null; ) {
        start(job);
        if (++started == MOST_STARTS) {
          Thread.ofVirtual().name(name + "-starter").start(this::wake);
          return;
        }
      }
    }

    private void start(Job job) {
      Thread.ofVirtual().name(name + "-virtual-", numbers.incrementAndGet()).start(() -> run(job));
    }

    private void run(Job job) {
      CURRENT.set(VirtualThreadEngine.this);
      var run = new LocalRun(Thread.currentThread());
      running.put(job, run);
      long start = System.nanoTime();
      try {
        run.run(job, this, scheduler);
      } finally {
        running.remove(job);
        usage.ran(job, System.nanoTime() - start);
      }
    }

    @Override
    public String name() {
      return name + "-virtual";
    }

    @Override
    public void cancel(Job job, boolean interrupt) {
      LocalRun run = running.get(job);
      if (interrupt && run != null) {
        run.interrupt(job);
      }
    }

    @Override
    public boolean timeOut(Job job) {
      LocalRun run = running.get(job);
      if (run != null) {
        run.timeOut(job);
      }
      return job.size() > 1;
    }

    @Override
    public int item(Job job) {
      LocalRun run = running.get(job);
      return run == null ? 0 : run.item(job);
    }

    @Override
    public long startedNanos(Job job) {
      LocalRun run = running.get(job);
      return run == null ? 0 : run.startedNanos(job);
    }

    @Override
    public long reportedNanos(Job job) {
      LocalRun current = running.get(job);
      return current == null ? 0 : current.reportedNanos(job);
    }

    @Override
    public @Nullable TaskProgress progress(Job job) {
      LocalRun current = running.get(job);
      return current == null ? null : current.progress(job);
    }
  }
}
