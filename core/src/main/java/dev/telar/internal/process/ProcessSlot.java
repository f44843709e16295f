package dev.telar.internal.process;

import dev.telar.TaskProgress;
import dev.telar.WorkerStats;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One worker process from its start to its burial, and the jobs in its hands.
///
/// ```
///   begin ──▶ join ──▶ WorkerMessages.read ──▶ end, Burial
///                        JobFeed sends            what it ran is to blame, what waited goes elsewhere
///                        Stopping interrupts, kills
///                        Retirement lets it end
/// ```
///
/// One thread lives as long as the worker: it starts it, reads what it sends, and does what is to
/// be done when it dies. No user code runs on it, but for output handlers, which have threads of
/// their own.
final class ProcessSlot implements Slot {

  private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// How long a worker may take to tell where a task is.
  private static final long STACK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /// What there is of a worker that has come up.
  private record Up(Stopping stopping, JobFeed feed, WorkerMessages messages) {}

  private final ProcessEngine engine;
  private final Scheduler scheduler;
  private final WorkerSpec spec;
  private final String name;
  private final SentJobs jobs;
  private final Retirement retirement;
  private final WorkerEvents events;
  private final WorkerUsage usage;

  private volatile @Nullable WorkerProcess worker;
  private volatile @Nullable Up up;
  private volatile boolean spare;
  private volatile @Nullable ProcessSlot predecessor;
  private @Nullable MemoryGuard memory;
  private long readyNanos;

  ProcessSlot(
      ProcessEngine engine, Scheduler scheduler, WorkerSpec spec, String name, int tasksLimit) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.spec = spec;
    this.name = name;
    this.jobs = new SentJobs(spec.threads(), tasksLimit);
    this.retirement = new Retirement(this, engine, scheduler, jobs, tasksLimit);
    this.events = new WorkerEvents(scheduler.observation().events(), name);
    this.usage = new WorkerUsage(name, spec.threads());
  }

  /// Makes this a worker that waits, when it is up, until it is needed. Before the start.
  ProcessSlot asSpare() {
    spare = true;
    return this;
  }

  /// Makes this a worker that takes the place of another one when it is up. Before the start.
  ProcessSlot after(ProcessSlot other) {
    predecessor = other;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  /// What the worker does and has done.
  WorkerStats stats() {
    return usage.stats(worker, jobs);
  }

  /// Asks the worker where its tasks are.
  void ask(StackSurvey survey) {
    Up now = up;
    if (now != null) {
      survey.ask(name, worker(), jobs, now.stopping);
    }
  }

  /// Tells that the worker takes no more jobs.
  void tellRecycled(String reason) {
    WorkerProcess current = worker;
    events.recycled(current == null ? 0 : current.pid(), reason);
  }

  /// The process, which has been started.
  WorkerProcess worker() {
    return Objects.requireNonNull(worker);
  }

  private Up up() {
    return Objects.requireNonNull(up);
  }

  /// The process id, or 0 if it is not up.
  long pid() {
    WorkerProcess current = worker;
    return jobs.isOpen() && current != null ? current.pid() : 0;
  }

  // The worker's life.

  void start() {
    Thread.ofPlatform().daemon().name(name).start(this::live);
  }

  private void live() {
    StartFailure failure = null;
    try {
      failure = begin();
      if (failure == null) {
        up().messages.read(this::readSome);
      }
    } catch (IOException e) {
      // the connection broke: as good as its end
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    } finally {
      end(failure);
    }
  }

  private void readSome() {
    wake();
    up().feed.watchStarts();
  }

  /// Starts the worker.
  ///
  /// @return why it is of no use, or null
  private @Nullable StartFailure begin() throws InterruptedException {
    try {
      WorkerProcess started = WorkerProcess.start(spec, name);
      worker = started;
      events.started(started.pid());
      if (!jobs.isStarting()) { // closed while it started
        started.kill();
      }
      memory =
          MemoryGuard.of(started, spec.memory(), this::killForMemory, retirement::leaveForMemory);
      started.awaitReady();
      Up now = up(started);
      up = now;
      boolean opened = jobs.open(started.page(), () -> prepare(now), () -> spare);
      engine.ready(this);
      events.ready(started.pid(), usage.markReady());
      if (opened) {
        join();
      } else {
        retirement.endIfRetired(); // closed while it started
      }
      return null;
    } catch (StartFailure e) {
      return e;
    } catch (IOException | RuntimeException | Error e) {
      return StartFailure.of(name, e);
    }
  }

  private Up up(WorkerProcess started) {
    var stopping = new Stopping(started, jobs, engine.graceNanos(), retirement::leave);
    Packing packing = engine.packing();
    var feed = new JobFeed(this, scheduler, started, jobs, stopping, retirement, packing, events);
    var delivery =
        new ResultDelivery(
            started, scheduler, packing.loaders(), started.classes(), started.segments());
    var messages =
        new WorkerMessages(
            this,
            started,
            jobs,
            stopping,
            delivery,
            retirement,
            engine.leakLog(),
            spec.initializerTimeout());
    return new Up(stopping, feed, messages);
  }

  private void killForMemory(Kill why) {
    Up now = up;
    if (now != null) {
      now.stopping.kill(why);
    } else { // its initializer took too much
      worker().condemn(why);
      worker().killIfAlive();
    }
  }

  /// The worker is about to take jobs, or to stand by.
  private void prepare(Up now) {
    readyNanos = System.nanoTime();
    if (spare) {
      now.feed.warmUp();
    }
  }

  /// Begins to take jobs.
  private void join() {
    scheduler.add(this);
    wake(); // even with an empty queue: something may wait behind a long task elsewhere
    retirement.watch();
    ProcessSlot other = predecessor;
    predecessor = null;
    if (other != null && !other.recycle("it is old") && engine.isSurplus(this)) {
      retirement.retire();
      retirement.endIfRetired();
    }
  }

  /// A spare is needed.
  void activate() {
    spare = false;
    if (jobs.activate()) {
      join();
    }
  }

  /// Whether this is a spare that is up.
  boolean isStandingBy() {
    return jobs.isStandingBy();
  }

  boolean isStarting() {
    return jobs.isStarting();
  }

  /// How many jobs wait in the worker behind those that it can run at once.
  int waiting() {
    return jobs.waiting();
  }

  /// The worker goes on though it is old.
  void watchAge() {
    retirement.watchAge();
  }

  // The worker's death.

  /// Whatever goes wrong here, for want of threads or memory, the jobs are given up and the engine
  /// is told: else their futures would wait for ever, and so would whoever closes the pool.
  private void end(@Nullable StartFailure failure) {
    jobs.die();
    if (memory != null) {
      memory.end();
    }
    scheduler.remove(this);
    try {
      engine.ending(this, failure, diedEarly());
      ProcessSlot other = predecessor;
      if (other != null) {
        other.watchAge();
      }
    } finally {
      try {
        WorkerProcess dead = worker;
        if (dead != null) {
          new Burial(dead, jobs, scheduler).hold(events, retirement.isEnding());
        }
      } finally {
        engine.ended(this);
      }
    }
  }

  /// Whether the worker died soon after it came up without having started a job: then the next one
  /// may well do the same.
  private boolean diedEarly() {
    return !retirement.isEnding()
        && jobs.untouched()
        && System.nanoTime() - readyNanos < EARLY_NANOS;
  }

  // Jobs.

  @Override
  public void wake() {
    up().feed.wake();
  }

  /// A function will not be used again.
  void forgetFunction(int id) {
    Up now = up;
    if (now != null) {
      now.feed.forgetFunction(id);
    }
  }

  /// A state will not be used again.
  void forgetState(int id) {
    Up now = up;
    if (now != null) {
      now.feed.forgetState(id);
    }
  }

  @Override
  public void cancel(Job job, boolean interrupt) {
    Sent sent = jobs.find(job);
    if (sent == null) {
      return;
    }
    if (jobs.takeBack(sent)) {
      scheduler.ended(job);
      wake();
      retirement.endIfRetired();
    } else if (interrupt) {
      up().stopping.cancel(sent);
    }
  }

  @Override
  public boolean timeOut(Job job) {
    up().stopping.timeOut(job);
    return job.size() > 1;
  }

  @Override
  public int item(Job job) {
    return jobs.item(job);
  }

  /// A worker that is stopped (SIGSTOP) may have told that the job has ended and never tell how.
  @Override
  public boolean hasReturned(Job job) {
    return jobs.hasReturned(job) && !worker().isStopped();
  }

  @Override
  public void warn(Job job) {
    up().stopping.warn(job);
  }

  /// With little or no grace the worker is dead before it can say where its task hung: it is asked
  /// before.
  @Override
  public long warningNanos() {
    return engine.graceNanos() < STACK_NANOS ? STACK_NANOS : 0;
  }

  @Override
  public long reportedNanos(Job job) {
    return jobs.reportedNanos(job);
  }

  @Override
  public @Nullable TaskProgress progress(Job job) {
    return jobs.progress(job);
  }

  @Override
  public long startedNanos(Job job) {
    return jobs.startedNanos(job);
  }

  @Override
  public boolean mayGiveBack() {
    return jobs.someWait();
  }

  @Override
  public @Nullable Job giveBack() {
    return jobs.takeBackSurplus();
  }

  @Override
  public @Nullable Job giveUp() {
    Job job = jobs.takeBackLast();
    if (job != null) {
      retirement.endIfRetired();
    }
    return job;
  }

  /// Stops everything that runs.
  void stopRunning() {
    Up now = up;
    if (now != null) {
      now.stopping.stopAll();
    }
  }

  // Its end on purpose.

  /// Ends the worker in favour of another one; see [Retirement#recycle(String)].
  ///
  /// @return whether it took jobs until now
  boolean recycle(String reason) {
    return retirement.recycle(reason);
  }

  /// Ends the worker when it has nothing to do any more.
  void close() {
    retirement.close(worker);
  }

  /// Kills the worker at once: this JVM is ending.
  void kill() {
    WorkerProcess current = worker;
    if (current != null) {
      current.kill();
    }
  }

  @Override
  public String toString() {
    WorkerProcess current = worker;
    return current == null ? name : name + " (pid " + current.pid() + ")";
  }
}
