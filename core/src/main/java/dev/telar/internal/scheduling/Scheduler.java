package dev.telar.internal.scheduling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Brings jobs to slots.
///
/// ```
///   submit ──▶ TaskQueue ─┐                       ┌─▶ idle slot
///                         ├─▶ ring of sources ─▶ next(slot)
///   map ────▶ Flow ───────┘   (one job each, in turn)  └─▶ hungry slot (sends ahead)
/// ```
///
/// Slots pull. One that finds nothing is registered as idle, or as hungry if it only wanted to be
/// sent something ahead, and is woken when there is work. An idle slot that finds nothing asks the
/// others to give back what waits in them.
///
/// Locks are taken in the order scheduler, flow; a slot's own lock is never held while the
/// scheduler is called.
public final class Scheduler {

  private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());

  private final @Nullable Admission admission;
  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final TaskQueue tasks = new TaskQueue();
  private final ArrayDeque<Source> ring = new ArrayDeque<>();
  private final Set<Flow> flows = new HashSet<>();
  private final SlotLists slots = new SlotLists();
  private final Observation observation;
  private final PoolLife life;

  /// A scheduler for an engine that is not started.
  ///
  /// @param admission is closed when no more tasks are taken
  Scheduler(
      String poolName, Engine engine, @Nullable Admission admission, Observation observation) {
    this.observation = observation;
    this.admission = admission;
    this.engine = engine;
    this.life = new PoolLife(poolName, lock, engine::stop);
  }

  /// What is known of this pool's tasks.
  public Observation observation() {
    return observation;
  }

  // What comes in.

  /// Accepts a task.
  ///
  /// @param accepted whether it was accepted before, and a shutdown since then does not matter
  /// @throws RejectedExecutionException if the pool has been shut down
  void submit(TaskJob job, boolean accepted) {
    Slot slot;
    if (life.isRunning()) {
      job.tellSubmitted();
    }
    lock.lock();
    try {
      life.checkOpen(accepted);
      grow(1);
      observation.counts().submitted.increment();
      tasks.add(job);
      enterRing(tasks);
      slot = slots.pollWaiting();
    } finally {
      lock.unlock();
    }
    if (slot != null) {
      slot.wake();
    }
  }

  /// Counts something that will submit later and must not be refused then.
  ///
  /// @throws RejectedExecutionException if the pool has been shut down
  void reserve() {
    lock.lock();
    try {
      life.checkOpen(false);
      grow(1);
    } finally {
      lock.unlock();
    }
  }

  void unreserve() {
    shrink(1);
  }

  void open(Flow flow) {
    lock.lock();
    try {
      life.checkOpen(false);
      flows.add(flow);
      grow(flow.isEager() ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /// A flow has been closed. Called once for each, also for one that was never opened.
  void close(Flow flow) {
    boolean open;
    lock.lock();
    try {
      open = flows.remove(flow);
      ring.remove(flow);
      flow.inRing = false;
    } finally {
      lock.unlock();
    }
    engine.release(flow.function());
    shrink(open && flow.isEager() ? 1 : 0);
  }

  /// A flow has something to send.
  void signal(Flow flow) {
    Slot slot;
    lock.lock();
    try {
      enterRing(flow);
      slot = slots.pollWaiting();
    } finally {
      lock.unlock();
    }
    if (slot != null) {
      slot.wake();
    }
  }

  /// Refuses if the pool takes no more work.
  void checkAccepting() {
    life.checkOpen(false);
  }

  private void enterRing(Source source) {
    if (!source.inRing) {
      source.inRing = true;
      ring.addLast(source);
    }
  }

  // What goes out.

  /// Adds a slot that has nothing to do; it is woken when work comes in. If there may be some
  /// already, the caller wakes the slot.
  public void add(Slot slot) {
    lock.lock();
    try {
      slots.add(slot);
    } finally {
      lock.unlock();
    }
  }

  /// A job was sent to a slot behind another one, or taken back from where more may wait. A slot
  /// that has nothing to do may have asked while it was on its way: it asks again, and who finds a
  /// job calls the next.
  public void sentAhead() {
    Slot slot;
    lock.lock();
    try {
      slot = slots.pollHelper();
    } finally {
      lock.unlock();
    }
    if (slot != null) {
      wake(slot);
    }
  }

  /// A slot will pull no more; what waits in it can still be taken back.
  public void retire(Slot slot) {
    passOn(underLock(() -> slots.retire(slot)));
  }

  /// Removes a slot that has ended.
  public void remove(Slot slot) {
    passOn(underLock(() -> slots.remove(slot)));
  }

  /// A wake-up that a slot had may have been the only one.
  private void passOn(boolean wasToHelp) {
    wakeOne();
    if (wasToHelp) {
      sentAhead();
    }
  }

  /// Removes a slot without a look at what it might have done.
  public void forget(Slot slot) {
    var _ = underLock(() -> slots.remove(slot));
  }

  /// A slot could not do what it was woken for; it is woken for the next task.
  public void failedToWake(Slot slot) {
    lock.lock();
    try {
      slots.putBack(slot);
    } finally {
      lock.unlock();
    }
  }

  private boolean underLock(BooleanSupplier change) {
    lock.lock();
    try {
      return change.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /// Wakes a slot if there is work.
  public void wakeOne() {
    Slot slot;
    lock.lock();
    try {
      slot = hasWork() ? slots.pollWaiting() : null;
    } finally {
      lock.unlock();
    }
    if (slot != null) {
      wake(slot);
    }
  }

  private static void wake(Slot slot) {
    try {
      slot.wake();
    } catch (RuntimeException | Error e) { // no thread to be had; whoever called goes on
      LOG.log(System.Logger.Level.WARNING, "a worker could not be started", e);
    }
  }

  /// The next job for a slot.
  ///
  /// @param isIdle whether the slot has nothing to do; a busy one asks for something to be sent
  ///   ahead
  /// @return a job that is now the slot's, or null: the slot is registered to be woken
  public @Nullable Job next(Slot slot, boolean isIdle) {
    List<Slot> others = List.of();
    boolean wasToHelp = false;
    Job job;
    lock.lock();
    try {
      job = isStopped() ? null : pollRing(slot, isIdle);
      if (job != null) {
        wasToHelp = slots.stopWaiting(slot); // nor is it woken in the place of one that is idle
        job.othersMayHelp(slots.someWait() && hasWork());
      } else {
        boolean waits = !isStopped() && slots.wait(slot, isIdle);
        others = waits && isIdle ? slots.helpedBy(slot) : List.of();
      }
    } finally {
      lock.unlock();
    }
    if (job == null) {
      return takeBackFor(slot, others);
    }
    if (wasToHelp) {
      sentAhead();
    }
    job.tellSubmitted(); // a chunk that was cut just now
    return job;
  }

  /// Wakes another slot if a job that was got from [#next] says so: what came in as one may be
  /// enough for several. Called when the job is on its way.
  public void wakeHelperFor(Job job) {
    if (job.othersMayHelp()) {
      wakeOne();
    }
  }

  /// How many jobs, at most, no slot has taken.
  public long waiting() {
    lock.lock();
    try {
      return ring.stream().mapToLong(Source::size).sum();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasWork() {
    for (Source source : ring) {
      if (source.hasWork()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Job pollRing(Slot slot, boolean isIdle) {
    for (int i = ring.size(); i > 0; i--) {
      Source source = ring.removeFirst();
      Job job;
      do {
        job = source.poll(isIdle);
      } while (job != null && !job.take(slot));
      if (job != null) {
        ring.addLast(source);
        return job;
      }
      source.inRing = false;
      if (source.hasWork()) { // partial chunks, or work that came in between
        enterRing(source);
      }
    }
    return null;
  }

  private @Nullable Job takeBackFor(Slot slot, List<Slot> others) {
    for (Slot other : others) {
      Job job = other.giveBack();
      if (job != null) {
        if (!job.untake()) {
          continue;
        }
        if (job.unwanted() && job.end()) {
          shrink(job.size());
        } else if (job.take(slot)) {
          job.takenBack();
          if (underLock(() -> slots.stopWaiting(slot))) {
            sentAhead();
          }
          return job;
        }
      }
    }
    return null;
  }

  /// Puts a job that a slot had, and did not start or lost, in front of all others. Does nothing if
  /// it has ended: a part of a chunk that its flow has cancelled before it got here.
  public void requeue(Job job) {
    Slot slot;
    if (!job.untake()) {
      return;
    }
    if (job.unwanted() && job.end()) {
      shrink(job.size());
      return;
    }
    RuntimeException reason;
    lock.lock();
    try {
      reason = life.refusal();
      if (reason == null) {
        tasks.addFirst(job);
        enterRing(tasks);
      }
      slot = reason == null ? slots.pollWaiting() : null;
    } finally {
      lock.unlock();
    }
    if (reason != null) {
      job.fail(reason);
      ended(job);
    } else if (slot != null) {
      slot.wake();
    }
  }

  /// Runs a job again that a slot lost, after a while.
  ///
  /// @param nanos how long to wait; meanwhile the job is in no slot and can be cancelled
  void retry(Job job, long nanos) {
    if (nanos <= 0) {
      requeue(job);
      return;
    }
    if (!job.untake()) {
      return;
    }
    RuntimeException refused;
    lock.lock();
    try {
      refused = life.refusal();
      if (refused == null) {
        tasks.rest(job);
      }
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      job.fail(refused);
      ended(job);
    } else {
      job.alarm(Deadlines.after(nanos, () -> Callbacks.run(() -> wakeUp(job))));
      if (job.unwanted()) { // cancelled while it changed hands
        abandon(job, true);
      }
    }
  }

  private void wakeUp(Job job) {
    Slot slot = null;
    lock.lock();
    try {
      if (tasks.wakeUp(job)) {
        enterRing(tasks);
        slot = slots.pollWaiting();
      }
    } finally {
      lock.unlock();
    }
    if (slot != null) {
      slot.wake();
    }
  }

  /// A job has ended, in whatever way; its future or flow knows already.
  public void ended(Job job) {
    if (job.end()) {
      shrink(job.size());
    }
  }

  /// Nobody wants the result of a job any more.
  void abandon(Job job, boolean interrupt) {
    if (job.abandon(interrupt)) {
      lock.lock();
      try {
        tasks.died();
      } finally {
        lock.unlock();
      }
      shrink(job.size());
    }
  }

  // Accounting: how many tasks were accepted and have not ended.

  void grow(long n) {
    life.grow(n);
  }

  void shrink(long n) {
    life.shrink(n);
  }

  // Life cycle.

  boolean isShutdown() {
    return !life.isRunning();
  }

  /// Whether nothing is to be started any more.
  public boolean isStopped() {
    return life.isStopped();
  }

  boolean isTerminated() {
    return life.isTerminated();
  }

  void shutdown() {
    List<Flow> open;
    grow(1); // holds the end back until the flows know
    lock.lock();
    try {
      life.shutdown();
      open = List.copyOf(flows);
    } finally {
      lock.unlock();
    }
    closeAdmission();
    open.forEach(Flow::stopPulling);
    shrink(1);
    life.endIfDone();
  }

  /// Stops everything.
  ///
  /// @return the tasks that never started
  List<Runnable> shutdownNow() {
    List<Job> never;
    List<Flow> open;
    lock.lock();
    try {
      life.stop();
      never = tasks.drain();
      open = List.copyOf(flows);
    } finally {
      lock.unlock();
    }
    closeAdmission();
    var originals = new ArrayList<Runnable>();
    never.forEach(job -> cancelNeverStarted(job, originals));
    for (Slot slot : slotsNow()) {
      for (Job job; (job = slot.giveUp()) != null; ) {
        cancelNeverStarted(job, originals);
      }
    }
    open.forEach(Flow::poolStopped);
    engine.stopRunning();
    life.endIfDone();
    return originals;
  }

  private void closeAdmission() {
    if (admission != null) {
      admission.close();
    }
  }

  private void cancelNeverStarted(Job job, List<Runnable> originals) {
    if (job.end()) {
      if (job instanceof TaskJob task) {
        if (!task.unwanted()) {
          originals.add(task.original());
        }
        task.cancelUnstarted();
      }
      shrink(job.size());
    }
  }

  private List<Slot> slotsNow() {
    lock.lock();
    try {
      return slots.all();
    } finally {
      lock.unlock();
    }
  }

  /// The engine cannot run anything any more: what waits fails, what comes is refused.
  public void fail(RuntimeException reason) {
    List<Job> waiting;
    List<Flow> open;
    lock.lock();
    try {
      life.breakDown(reason);
      waiting = tasks.drain();
      open = List.copyOf(flows);
    } finally {
      lock.unlock();
    }
    closeAdmission();
    for (Job job : waiting) {
      if (!job.ended()) {
        job.fail(reason);
        ended(job);
      }
    }
    open.forEach(flow -> flow.fail(reason));
    life.endIfDone();
  }

  /// The engine's last slot has ended.
  public void terminated() {
    lock.lock();
    try {
      observation.events().close();
      life.terminated();
    } finally {
      lock.unlock();
    }
  }

  boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return life.awaitTermination(timeout, unit);
  }
}
