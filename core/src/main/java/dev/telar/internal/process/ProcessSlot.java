package dev.telar.internal.process;

import dev.telar.TaskProgress;
import dev.telar.WorkerCrashedException;
import dev.telar.WorkerStats;
import dev.telar.internal.bulk.Borrowed;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import dev.telar.internal.wire.FrameType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One worker process from its start to its burial, and the jobs in its hands.
///
/// One thread lives as long as the worker: it starts it, reads what it sends, and does what is to
/// be done when it dies. Jobs are sent by whichever thread found that there is room; nobody ever
/// waits for the worker to read. No user code runs on any of these threads, but for output
/// handlers, which have their own.
final class ProcessSlot implements Slot {

  private static final int MOST_ROUNDS = 16;
  private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SHUTDOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  /// How long a worker may take to tell where a task is.
  private static final long STACK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ProcessEngine engine;
  private final Scheduler scheduler;
  private final WorkerSpec spec;
  private final String name;
  private final AtomicInteger pumping = new AtomicInteger();
  private final int tasksLimit;
  private final SentJobs jobs;
  private final WorkerEvents events;
  private final WorkerUsage usage;

  private volatile @Nullable WorkerProcess worker;
  private volatile @Nullable Stopping stopping;
  private @Nullable JobSender sender;
  private @Nullable ResultDelivery delivery;
  private @Nullable StartWatch starts;
  private long readyNanos;
  private volatile boolean ending;
  private volatile boolean spare;
  private volatile @Nullable ProcessSlot predecessor;
  private @Nullable MemoryGuard memory;
  private volatile long lastWork = System.nanoTime();

  ProcessSlot(
      ProcessEngine engine, Scheduler scheduler, WorkerSpec spec, String name, int tasksLimit) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.spec = spec;
    this.name = name;
    this.tasksLimit = tasksLimit;
    this.jobs = new SentJobs(spec.threads(), tasksLimit);
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
    WorkerProcess current = worker;
    Stopping control = stopping;
    if (current != null && control != null) {
      survey.ask(name, current, jobs, control);
    }
  }

  /// Tells that the worker takes no more jobs.
  void tellRecycled(String reason) {
    WorkerProcess current = worker;
    events.recycled(current == null ? 0 : current.pid(), reason);
  }

  void start() {
    Thread.ofPlatform().daemon().name(name).start(this::live);
  }

  private WorkerProcess worker() {
    return Objects.requireNonNull(worker);
  }

  private Stopping stopping() {
    return Objects.requireNonNull(stopping);
  }

  private JobSender sender() {
    return Objects.requireNonNull(sender);
  }

  private ResultDelivery delivery() {
    return Objects.requireNonNull(delivery);
  }

  /// The process id, or 0 if it is not up.
  long pid() {
    WorkerProcess current = worker;
    return jobs.isOpen() && current != null ? current.pid() : 0;
  }

  // The worker's life.

  private void live() {
    StartFailure failure = null;
    try {
      failure = begin();
      if (failure == null) {
        read();
      }
    } catch (IOException e) {
      // the connection broke: as good as its end
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    } finally {
      end(failure);
    }
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
      started.awaitReady();
      stopping = new Stopping(started, jobs, engine.graceNanos(), this::leave);
      boolean opened =
          jobs.open(
              started.page(),
              () -> {
                readyNanos = System.nanoTime();
                starts = new StartWatch(jobs, started.page());
                sender = new JobSender(engine.packing(), started.work());
                if (spare) {
                  sender().warmUp(engine.packing().nothing());
                }
                delivery =
                    new ResultDelivery(
                        started,
                        scheduler,
                        engine.packing().loaders(),
                        started.classes(),
                        started.segments());
              },
              () -> spare);
      memory = MemoryGuard.of(started, spec.memory(), stopping()::kill, this::replaceForMemory);
      engine.ready(this);
      events.ready(started.pid(), usage.markReady());
      if (opened) {
        join();
      } else {
        endIfRetired(); // closed while it started
      }
      return null;
    } catch (StartFailure e) {
      return e;
    } catch (IOException | RuntimeException | Error e) {
      return StartFailure.of(name, e);
    }
  }

  /// Begins to take jobs.
  private void join() {
    scheduler.add(this);
    wake(); // even with an empty queue: something may wait behind a long task elsewhere
    watchIdleness();
    watchAge();
    ProcessSlot other = predecessor;
    predecessor = null;
    if (other != null && !other.recycle("it is old") && engine.isSurplus(this)) {
      retire();
      endIfRetired();
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

  private void end(@Nullable StartFailure failure) {
    jobs.die();
    if (memory != null) {
      memory.end();
    }
    scheduler.remove(this);
    engine.ending(this, failure, diedEarly());
    ProcessSlot other = predecessor;
    if (other != null) {
      other.watchAge(); // it goes on for now
    }
    try {
      WorkerProcess ended = worker;
      if (ended != null) {
        var _ = ended.bury();
        events.gone(ended, ending);
        giveUp();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    } finally {
      engine.ended(this);
    }
  }

  /// Whether the worker died soon after it came up without having started a job: then the next one
  /// may well do the same.
  private boolean diedEarly() {
    return !ending && jobs.untouched() && System.nanoTime() - readyNanos < EARLY_NANOS;
  }

  /// The worker is dead: what it had not started goes elsewhere, what it was running is to blame.
  private void giveUp() {
    SentJobs.Left left = jobs.giveUp();
    for (Sent sent : left.running()) {
      int item = worker().page().item(sent.entry());
      sent.job().lost(scheduler, CrashReport.of(worker(), sent), item);
    }
    List<Sent> waiting = new ArrayList<>(left.waiting());
    if (left.running().isEmpty() && !waiting.isEmpty()) { // unexplained
      Sent first = waiting.getFirst();
      WorkerCrashedException cause = CrashReport.of(worker(), first);
      if (first.job().suspected(cause)) {
        waiting.removeFirst();
        first.job().giveUp(cause);
        scheduler.ended(first.job());
      }
    }
    waiting.reversed().forEach(sent -> scheduler.requeue(sent.job()));
  }

  // Sending.

  @Override
  public void wake() {
    if (pumping.getAndIncrement() != 0) {
      return; // who is at it will look again
    }
    pump(0);
  }

  /// Sends as long as there is reason to. Whoever came first does it, for some rounds; then a
  /// thread of its own, lest one submitter send the tasks of all others for ever.
  private void pump(int rounds) {
    int round = rounds;
    int seen;
    try {
      do {
        if (++round == MOST_ROUNDS) {
          Callbacks.runUntrusted(() -> pump(MOST_ROUNDS));
          return;
        }
        seen = pumping.get();
        fill();
      } while (!pumping.compareAndSet(seen, 0));
    } catch (RuntimeException | Error e) {
      pumping.set(0);
      throw e;
    }
  }

  private void fill() {
    Job last = null;
    boolean ahead = false;
    for (SentJobs.Room room; (room = jobs.room()) != SentJobs.Room.NONE; ) {
      Job job = scheduler.next(this, room == SentJobs.Room.IDLE);
      if (job == null) {
        break;
      }
      send(job);
      last = job;
      ahead |= room == SentJobs.Room.AHEAD;
    }
    if (last != null) {
      sender().flush();
      retireIfSpent();
      scheduler.wakeHelperFor(last);
      if (ahead) {
        scheduler.sentAhead();
      }
    }
  }

  private void send(Job job) {
    Sent sent;
    try {
      List<Output> content = sender().content(job);
      long size = content.stream().mapToLong(Output::size).sum();
      sent = jobs.add(job, size, added -> sender().add(added, content));
    } catch (RuntimeException | Error e) { // too large, or no memory for it
      job.fail(e);
      scheduler.ended(job);
      return;
    }
    if (sent == null) {
      scheduler.requeue(job);
      return;
    }
    if (job.unwanted() || scheduler.isStopped()) { // since we took it
      cancel(job, true);
    }
    Deadlines.watch(job, this);
    watchStarts();
  }

  /// Finds out when jobs are started, if anybody wants to know.
  private void watchStarts() {
    StartWatch watch = starts;
    if (watch != null && events.events().isOn()) {
      watch.arm();
    }
  }

  /// A function will not be used again; the worker is told with the next job.
  void forgetFunction(int id) {
    jobs.ifOpen(() -> sender().forget(id));
  }

  /// A state will not be used again; the worker is told at once, for it may hold much.
  void forgetState(int id) {
    jobs.ifOpen(
        () -> {
          sender().forget(id);
          sender().flush();
        });
  }

  // Reading.

  private void read() throws IOException {
    FrameReader reader = worker().reader();
    for (Frame frame; (frame = reader.read()) != null; ) {
      switch (frame.type()) {
        case RESULT, FAILURE, CHUNK_RESULT -> finished(frame);
        case PREPARING -> watchPreparation(frame.body().readLong());
        case LEFTOVERS -> leftovers(frame.body());
        case OUT_OF_MEMORY -> stopping().killIfOutOfMemory();
        case STACK -> stopping().looked(frame);
        case CLASSES -> worker().classes().define(frame.body());
        case CLASS_REQUEST -> worker().answer(frame);
        default -> {} // of a later version
      }
      if (!reader.hasFrame()) {
        lastWork = System.nanoTime();
        wake();
        watchStarts();
        endIfRetired();
      }
    }
  }

  /// A state is being made for a job, which has a limit of its own: the job's begins afterwards.
  private void watchPreparation(long number) {
    var _ =
        Deadlines.after(
            Deadlines.saturatedNanos(spec.initializerTimeout()),
            () -> {
              Sent sent = jobs.find(number);
              if (sent != null && worker().page().isPreparing(sent.entry(), number)) {
                stopping().statelessFor(sent, spec.initializerTimeout());
              }
            });
  }

  /// A job has left something in the worker, or the worker has found itself unfit for others.
  private void leftovers(Input body) throws CorruptMessageException {
    Sent sent = jobs.find(body.readLong());
    boolean spent = body.readBoolean();
    var found = new ArrayList<String>();
    for (int i = body.readInt(); i > 0; i--) {
      found.add(body.readUtf());
    }
    String task = sent == null ? "a task" : sent.job().name();
    engine.leakLog().tell(task, this, found);
    if (spent && !recycle("after " + task + ": " + String.join(", ", found))) {
      giveAllBack(); // it takes no more jobs by now, but it may have some, and claims none
    }
  }

  private void finished(Frame frame) throws IOException {
    Input body = frame.body();
    long number = body.readLong();
    long nanos = body.readLong();
    if (worker().isCondemned()) {
      return; // what ends while its processes are being killed has not ended by itself
    }
    Borrowed borrowed = worker().segments().receive(body);
    Sent sent = jobs.finish(number);
    stopping().killIfOutOfMemory();
    if (sent == null) {
      borrowed.release();
      return;
    }
    worker().awaitOutput();
    delivery().deliver(sent.job(), frame, borrowed, nanos);
  }

  /// The worker and what it has started take more memory than they should, but not more than they
  /// may: it is replaced when it has done what it has. It does one job at least, lest a limit that
  /// is too low for any worker make an endless row of them.
  private void replaceForMemory(String reason) {
    if (!jobs.untouched()) {
      var _ = recycle(reason);
    }
  }

  // Stopping.

  @Override
  public void cancel(Job job, boolean interrupt) {
    Sent sent = jobs.find(job);
    if (sent == null) {
      return;
    }
    if (jobs.takeBack(sent)) {
      scheduler.ended(job);
      wake();
      endIfRetired();
    } else if (interrupt) {
      stopping().cancel(sent);
    }
  }

  @Override
  public void timeOut(Job job) {
    stopping().timeOut(job);
  }

  /// Stops everything that runs.
  void stopRunning() {
    Stopping current = stopping;
    if (current != null) {
      current.stopAll();
    }
  }

  @Override
  public void warn(Job job) {
    stopping().warn(job);
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
  public @Nullable Job giveBack() {
    Job job = jobs.takeBackLast();
    if (job != null) {
      endIfRetired();
    }
    return job;
  }

  /// Ends the worker when it has nothing to do any more, at the latest after a second and a half.
  void close() {
    boolean starting = jobs.close();
    if (starting) {
      ending = true; // what follows is no accident
    }
    WorkerProcess current = worker;
    if (starting && current != null) {
      Callbacks.runUntrusted(current::kill);
    }
    endIfRetired();
  }

  private void retireIfSpent() {
    if (jobs.isSpent() && retire()) {
      engine.replace(this, "it has run its " + tasksLimit + " tasks");
    }
  }

  /// Ends the worker in favour of another one: it takes no more jobs, what waits in it goes
  /// elsewhere, and what runs in it is waited for.
  ///
  /// @param reason completes "it is replaced: …"
  /// @return whether it took jobs until now
  boolean recycle(String reason) {
    if (!retire()) {
      return false;
    }
    engine.replace(this, reason);
    giveAllBack();
    return true;
  }

  /// The worker is of no use any more: what runs in it will not be waited for.
  private void leave(String reason) {
    if (!recycle(reason)) { // it was leaving already
      giveAllBack();
    }
  }

  private void giveAllBack() {
    for (Job job; (job = jobs.takeBackLast()) != null; ) {
      scheduler.requeue(job);
    }
    endIfRetired();
  }

  private boolean retire() {
    boolean first = jobs.retire();
    if (first) {
      scheduler.retire(this);
    }
    return first;
  }

  private void endIfRetired() {
    if (jobs.isFinished()) {
      sendShutdown();
    }
  }

  private void sendShutdown() {
    ending = true;
    worker().control().write(FrameType.SHUTDOWN);
    var _ = Deadlines.after(SHUTDOWN_NANOS, () -> Callbacks.runUntrusted(worker()::killIfAlive));
  }

  private void watchAge() {
    long limit = engine.lifetimeNanos();
    if (limit > 0) {
      var _ = Deadlines.after(limit, () -> engine.relieve(this));
    }
  }

  private void watchIdleness() {
    long limit = engine.idleNanos();
    if (limit > 0) {
      var _ = Deadlines.after(limit, () -> endIfIdle(limit));
    }
  }

  private void endIfIdle(long limit) {
    if (!jobs.isOpen()) {
      return;
    }
    long left = jobs.isEmpty() ? limit - (System.nanoTime() - lastWork) : limit;
    if (left > 0) {
      var _ = Deadlines.after(left, () -> endIfIdle(limit));
    } else if (!engine.maySpare(this)) {
      var _ = Deadlines.after(limit, () -> endIfIdle(limit));
    } else if (retire()) {
      engine.idled(this);
      endIfRetired();
    }
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
