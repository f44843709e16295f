package dev.telar.internal.process;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.Slot;
import dev.telar.internal.system.ExitStatus;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import dev.telar.internal.wire.FrameType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One worker process from its start to its burial, and the jobs in its hands.
///
/// One thread lives as long as the worker: it starts it, reads what it sends, and does what is to
/// be done when it dies. Jobs are sent by whichever thread found that there is room; nobody ever
/// waits for the worker to read. No user code runs on any of these threads, but for output
/// handlers, which have their own.
///
/// ```
///   STARTING ──▶ OPEN ──▶ RETIRING ──▶ DEAD        RETIRING: takes no more jobs, ends when it has none
/// ```
final class ProcessSlot implements Slot {

  private enum State {
    STARTING,
    OPEN,
    RETIRING,
    DEAD
  }

  private static final int MOST_ROUNDS = 16;
  private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SHUTDOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final ProcessEngine engine;
  private final Scheduler scheduler;
  private final WorkerSpec spec;
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger pumping = new AtomicInteger();
  private final int tasksLimit;

  private volatile State state = State.STARTING;
  private volatile @Nullable WorkerProcess worker;
  private @Nullable SentJobs jobs;
  private @Nullable JobSender sender;
  private @Nullable ResultDelivery delivery;
  private int tasksSent;
  private long readyNanos;
  private boolean answered;
  private boolean ending;
  private volatile @Nullable String killReason;
  private volatile long lastWork = System.nanoTime();

  ProcessSlot(
      ProcessEngine engine, Scheduler scheduler, WorkerSpec spec, String name, int tasksLimit) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.spec = spec;
    this.name = name;
    this.tasksLimit = tasksLimit;
  }

  void start() {
    Thread.ofPlatform().daemon().name(name).start(this::live);
  }

  private WorkerProcess worker() {
    return Objects.requireNonNull(worker);
  }

  private SentJobs jobs() {
    return Objects.requireNonNull(jobs);
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
    return state == State.OPEN && current != null ? current.pid() : 0;
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
      if (state == State.RETIRING) { // closed while it started
        started.kill();
      }
      started.awaitReady();
      lock.lock();
      try {
        readyNanos = System.nanoTime();
        jobs = new SentJobs(started.page());
        sender = new JobSender(engine.packing(), started.work());
        delivery = new ResultDelivery(scheduler, engine.packing().loaders(), started.classes());
        if (state == State.STARTING) {
          state = State.OPEN;
        }
      } finally {
        lock.unlock();
      }
      engine.ready(this);
      if (state == State.OPEN) {
        scheduler.add(this);
        wake(); // even if nothing is queued: something may wait behind a long task in another
        // worker
        watchIdleness();
      } else {
        sendShutdown();
      }
      return null;
    } catch (StartFailure e) {
      return e;
    } catch (IOException | RuntimeException | Error e) {
      return StartFailure.of(name, e);
    }
  }

  private void end(@Nullable StartFailure failure) {
    lock.lock();
    try {
      state = State.DEAD;
    } finally {
      lock.unlock();
    }
    scheduler.remove(this);
    engine.ending(this, failure, diedEarly());
    try {
      WorkerProcess ended = worker;
      if (ended != null) {
        giveUp(ended.bury());
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
    lock.lock();
    try {
      return jobs != null
          && !ending
          && System.nanoTime() - readyNanos < EARLY_NANOS
          && jobs.allWaiting()
          && !answered;
    } finally {
      lock.unlock();
    }
  }

  /// The worker is dead: what it had not started goes elsewhere, what it was running is to blame.
  private void giveUp(ExitStatus status) {
    SentJobs.Left left;
    lock.lock();
    try {
      if (jobs == null) {
        return;
      }
      left = jobs.giveUp();
    } finally {
      lock.unlock();
    }
    for (Sent sent : left.running()) {
      sent.job().lost(scheduler, CrashReport.of(worker(), status, killReason, sent));
    }
    List<Sent> waiting = new ArrayList<>(left.waiting());
    boolean unexplained = left.running().isEmpty() && !waiting.isEmpty();
    if (unexplained && waiting.getFirst().job().suspected()) {
      Sent first = waiting.removeFirst();
      first.job().fail(CrashReport.of(worker(), status, killReason, first));
      scheduler.ended(first.job());
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
    for (SentJobs.Room room; (room = room()) != SentJobs.Room.NONE; ) {
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

  /// Whether a job may be sent, and if so, whether a thread of the worker has nothing to do.
  private SentJobs.Room room() {
    lock.lock();
    try {
      boolean takes = state == State.OPEN && (tasksLimit == 0 || tasksSent < tasksLimit);
      return takes ? jobs().room(spec.threads()) : SentJobs.Room.NONE;
    } finally {
      lock.unlock();
    }
  }

  private void send(Job job) {
    Sent sent = null;
    try {
      List<Output> content = sender().content(job);
      long size = content.stream().mapToLong(Output::size).sum();
      lock.lock();
      try {
        if (state == State.OPEN) {
          sent = jobs().add(job, size);
          tasksSent++;
          sender().add(sent, content);
        }
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException | Error e) { // too large, or no memory for it
      unsend(sent);
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
  }

  private void unsend(@Nullable Sent sent) {
    lock.lock();
    try {
      if (sent != null) {
        var _ = jobs().remove(sent.number());
      }
    } finally {
      lock.unlock();
    }
  }

  /// The function will not be used again.
  void forget(EncodedFunction function) {
    lock.lock();
    try {
      if (state == State.OPEN) {
        sender().forget(function);
      }
    } finally {
      lock.unlock();
    }
  }

  // Reading.

  private void read() throws IOException {
    FrameReader reader = worker().reader();
    for (Frame frame; (frame = reader.read()) != null; ) {
      switch (frame.type()) {
        case RESULT, FAILURE, CHUNK_RESULT -> finished(frame);
        case CLASSES -> worker().classes().define(frame.body());
        case CLASS_REQUEST -> worker().answer(frame);
        default -> {} // of a later version
      }
      if (!reader.hasFrame()) {
        lastWork = System.nanoTime();
        wake();
        endIfRetired();
      }
    }
  }

  private void finished(Frame frame) throws CorruptMessageException {
    Input body = frame.body();
    long number = body.readLong();
    long nanos = body.readLong();
    Sent sent;
    lock.lock();
    try {
      sent = jobs().remove(number);
      answered = true;
    } finally {
      lock.unlock();
    }
    if (sent == null) {
      return;
    }
    worker().awaitOutput();
    delivery().deliver(sent.job(), frame, nanos);
  }

  // Stopping.

  @Override
  public void cancel(Job job, boolean interrupt) {
    Sent sent;
    boolean takenBack = false;
    lock.lock();
    try {
      sent = state == State.DEAD || jobs == null ? null : jobs.find(job);
      if (sent != null) {
        takenBack = jobs().takeBack(sent);
      }
    } finally {
      lock.unlock();
    }
    if (takenBack) {
      scheduler.ended(job);
      wake();
      endIfRetired();
    } else if (sent != null && interrupt) {
      stop(sent, job.name() + ", which ran in it, was cancelled and did not end");
    }
  }

  @Override
  public void timeOut(Job job) {
    Sent sent;
    lock.lock();
    try {
      sent = jobs == null ? null : jobs.find(job);
    } finally {
      lock.unlock();
    }
    if (sent != null) {
      stop(sent, job.name() + ", which ran in it, exceeded its time limit and did not end");
    }
  }

  /// Interrupts a running job, and kills the worker if it has not ended after the grace period.
  private void stop(Sent sent, String reason) {
    var message = new Output(8);
    message.writeLong(sent.number());
    worker().control().write(FrameType.INTERRUPT, message);
    var _ = Deadlines.after(engine.graceNanos(), () -> killIfRunning(sent, reason));
  }

  private void killIfRunning(Sent sent, String reason) {
    boolean running;
    lock.lock();
    try {
      running = jobs().contains(sent);
    } finally {
      lock.unlock();
    }
    if (running) {
      killReason = reason;
      Callbacks.runUntrusted(worker()::kill);
    }
  }

  /// Stops everything that runs.
  void stopRunning() {
    List<Sent> running;
    lock.lock();
    try {
      running = jobs == null || state == State.DEAD ? List.of() : jobs.all();
    } finally {
      lock.unlock();
    }
    running.forEach(sent -> stop(sent, "the pool was stopped"));
  }

  @Override
  public long startedNanos(Job job) {
    lock.lock();
    try {
      Sent sent = jobs == null ? null : jobs.find(job);
      return sent == null ? 0 : worker().page().startedNanos(sent.entry(), sent.number());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Job giveBack() {
    Job job;
    lock.lock();
    try {
      job = jobs == null || state == State.DEAD ? null : jobs.takeBackLast();
    } finally {
      lock.unlock();
    }
    if (job != null) {
      endIfRetired();
    }
    return job;
  }

  /// Ends the worker when it has nothing to do any more, at the latest after a second and a half.
  void close() {
    boolean starting;
    lock.lock();
    try {
      starting = state == State.STARTING;
      if (state == State.STARTING || state == State.OPEN) {
        state = State.RETIRING;
      }
    } finally {
      lock.unlock();
    }
    WorkerProcess current = worker;
    if (starting && current != null) {
      Callbacks.runUntrusted(current::kill);
    }
    endIfRetired();
  }

  private void retireIfSpent() {
    if (tasksLimit > 0 && tasksSent >= tasksLimit && retire()) {
      engine.replace(this, "it has run its " + tasksLimit + " tasks");
    }
  }

  private boolean retire() {
    lock.lock();
    try {
      if (state != State.OPEN) {
        return false;
      }
      state = State.RETIRING;
    } finally {
      lock.unlock();
    }
    scheduler.retire(this);
    return true;
  }

  private void endIfRetired() {
    lock.lock();
    try {
      if (state != State.RETIRING || jobs == null || jobs.size() > 0) {
        return;
      }
    } finally {
      lock.unlock();
    }
    sendShutdown();
  }

  private void sendShutdown() {
    lock.lock();
    try {
      ending = true;
    } finally {
      lock.unlock();
    }
    worker().control().write(FrameType.SHUTDOWN);
    var _ = Deadlines.after(SHUTDOWN_NANOS, () -> Callbacks.runUntrusted(worker()::killIfAlive));
  }

  private void watchIdleness() {
    long limit = engine.idleNanos();
    if (limit > 0) {
      var _ = Deadlines.after(limit, () -> endIfIdle(limit));
    }
  }

  private void endIfIdle(long limit) {
    long left;
    lock.lock();
    try {
      if (state != State.OPEN) {
        return;
      }
      left = jobs().size() > 0 ? limit : limit - (System.nanoTime() - lastWork);
    } finally {
      lock.unlock();
    }
    if (left > 0) {
      var _ = Deadlines.after(left, () -> endIfIdle(limit));
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
