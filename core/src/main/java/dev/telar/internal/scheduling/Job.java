package dev.telar.internal.scheduling;

import dev.telar.Backoff;
import dev.telar.CrashCause;
import dev.telar.TaskOptions;
import dev.telar.TaskOutOfMemoryException;
import dev.telar.TaskProgress;
import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a slot runs at once: a single task, or a chunk of a `map`.
///
/// ```
///   WAITING ──take──▶ TAKEN ──end──▶ ENDED
///      ▲  └───────cancel──────────────▲
///      └────────give back──┘
/// ```
///
/// `cancel` of a taken job is left to the slot that has it. Whoever moves a job to ENDED accounts
/// for it, exactly once.
public abstract class Job extends JobReport {

  private enum Phase {
    WAITING,
    TAKEN,
    ENDED
  }

  private static final System.Logger LOG = System.getLogger(Job.class.getName());
  private static final int SUSPICIOUS_DEATHS = 3;

  /// So many, if somebody else ended them: a job that has not been claimed cannot have done that,
  /// unless the kernel did it for memory and nobody can tell.
  private static final int SUSPICIOUS_KILLS = 30;

  private final TaskOptions options;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private volatile @Nullable Slot slot;
  private volatile boolean unwanted;
  private volatile @Nullable Expiry expiry;
  private volatile StackTraceElement @Nullable [] lastSeen;
  private volatile @Nullable Future<?> alarm;
  private volatile List<WorkerCrashedException> crashes = List.of();
  private List<WorkerCrashedException> deathsWhileFirst = List.of();
  private boolean othersMayHelp; // from next() to wakeHelperFor(), in one thread
  private boolean takenBack; // for good: one call too many, should it be sent again, harms nobody

  Job(TaskOptions options, Observation observation) {
    super(observation);
    this.options = options;
  }

  /// The options of the view through which the job was submitted.
  public final TaskOptions options() {
    return options;
  }

  /// Gives back what the engine made of this job, which has ended: see [Releasable].
  abstract void release();

  /// How long the job will take, as far as earlier ones tell; bounds what is sent ahead.
  public abstract long estimatedNanos();

  /// The worker died under the running job: tries again what the options allow, and fails the rest.
  ///
  /// @param item which item of a chunk was running, from 0
  public abstract void lost(Scheduler scheduler, WorkerCrashedException cause, int item);

  /// Fails the job as a whole.
  public abstract void fail(Throwable error);

  /// Whether nobody waits for the result any more.
  public final boolean unwanted() {
    return unwanted;
  }

  /// Whether the job exceeded its time limit.
  public final boolean timedOut() {
    return expiry != null;
  }

  /// Whether it was this item that exceeded it, from 0.
  public final boolean isLate(int item) {
    Expiry current = expiry;
    return current != null && current.item() == item;
  }

  /// The time limit that was exceeded, if one was.
  final @Nullable Expiry expiry() {
    return expiry;
  }

  /// Which item exceeded its time limit, from 0; 0 also if none has.
  public final int lateItem() {
    Expiry current = expiry;
    return current == null ? 0 : current.item();
  }

  /// The item that exceeded its time limit has ended by itself before it could be stopped. Called
  /// by the clock only.
  final void forgive() {
    expiry = null;
    lastSeen = null;
  }

  /// The error of a job that exceeded its time limit.
  public final TaskTimeoutException timeoutError() {
    return Objects.requireNonNull(expiry).error(name());
  }

  /// Where the job was when it was looked at, at its time limit or just before.
  public final void seen(StackTraceElement[] stack) {
    lastSeen = stack;
    Expiry current = expiry;
    if (current != null) {
      current.stack(stack);
    }
  }

  /// Why it is not known where the job is.
  public final void unseen(String reason) {
    Expiry current = expiry;
    if (current != null) {
      current.noStack(reason);
    }
  }

  /// How far the job is, as it last reported, if it runs.
  final @Nullable TaskProgress progress() {
    Slot current = slot;
    return current == null || ended() ? null : current.progress(this);
  }

  final boolean take(Slot by) {
    slot = by;
    return phase.compareAndSet(Phase.WAITING, Phase.TAKEN);
  }

  /// The job is in no slot any more, and may be cancelled by anybody.
  ///
  /// @return false if that has happened before it came to a slot at all: it has ended
  final boolean untake() {
    slot = null;
    return phase.compareAndSet(Phase.TAKEN, Phase.WAITING) || phase.get() == Phase.WAITING;
  }

  final boolean end() {
    boolean first = phase.getAndSet(Phase.ENDED) != Phase.ENDED;
    if (first) {
      forgetAlarm();
      tellDropped();
      release();
      onEnd();
    }
    return first;
  }

  /// Nobody has told how the job ended, so nobody wants to know.
  private void tellDropped() {
    tellEnded(End.CANCELLED, 0, 0, 0, size(), 0, null);
  }

  @Override
  final @Nullable String worker() {
    Slot current = slot;
    return current == null ? null : current.name();
  }

  /// Is called once, when the job has ended in whatever way; short, no user code.
  void onEnd() {}

  /// Sets the alarm of the time limit, or of the end of a rest, which must not keep an ended job in
  /// memory.
  final void alarm(Future<?> next) {
    alarm = next;
    if (ended()) {
      forgetAlarm();
    }
  }

  private void forgetAlarm() {
    Future<?> last = alarm;
    if (last != null) {
      last.cancel(false);
    }
  }

  @SuppressWarnings("ReferenceEquality") // slots have identity
  final boolean takenBy(Slot candidate) {
    return slot == candidate;
  }

  final boolean ended() {
    return phase.get() == Phase.ENDED;
  }

  /// Nobody wants the result any more.
  ///
  /// @return whether the job was still waiting, and therefore has ended now
  final boolean abandon(boolean interrupt) {
    unwanted = true;
    if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
      forgetAlarm();
      tellDropped();
      release();
      onEnd();
      return true;
    }
    Slot current = slot;
    if (current != null) {
      current.cancel(this, interrupt);
    }
    return false;
  }

  final void othersMayHelp(boolean may) {
    othersMayHelp = may;
  }

  final boolean othersMayHelp() {
    return othersMayHelp;
  }

  final void takenBack() {
    takenBack = true;
  }

  /// Whether this waited in another slot, where more may wait.
  public final boolean wasTakenBack() {
    return takenBack;
  }

  /// The job has exceeded a time limit. Called by the clock only, once for each item.
  final void expire(Expiry reached) {
    reached.in(worker(), attempt());
    expiry = reached;
    StackTraceElement[] stack = lastSeen;
    if (stack != null) {
      reached.stack(stack);
    }
  }

  /// Whether one more death of a worker that would have started this job next may make it suspect.
  public final synchronized boolean isNearlySuspected() {
    return deathsWhileFirst.size() + 1 >= SUSPICIOUS_DEATHS;
  }

  /// Counts the death of a worker that had not started this job, but would have next.
  ///
  /// @return whether the job must be suspected: a message that a worker has no memory for kills it
  ///   before it can claim anything
  public final synchronized boolean suspected(WorkerCrashedException cause) {
    boolean byOthers =
        cause.crashCause() == CrashCause.KILLED || cause.crashCause() == CrashCause.LIMIT_EXCEEDED;
    if (deathsWhileFirst.size() + 1 >= (byOthers ? SUSPICIOUS_KILLS : SUSPICIOUS_DEATHS)) {
      return true;
    }
    deathsWhileFirst = with(deathsWhileFirst, List.of(cause));
    return false;
  }

  // Retries.

  /// Which attempt runs or comes next, from 1.
  @Override
  public final int attempt() {
    return crashes.size() + 1;
  }

  /// How the workers died under the attempts so far.
  final List<WorkerCrashedException> crashes() {
    return crashes;
  }

  /// Remembers a death of a worker.
  final void crashed(WorkerCrashedException cause) {
    crashed(List.of(cause));
  }

  final void crashed(List<WorkerCrashedException> causes) {
    crashes = with(crashes, causes);
  }

  private static <T> List<T> with(List<T> some, List<T> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }

  /// Whether another attempt is allowed after a death of a worker.
  ///
  /// @param item which item of a chunk was running, from 0
  final boolean mayRetry(WorkerCrashedException cause, int item) {
    boolean inVain = isLate(item) || cause instanceof TaskOutOfMemoryException;
    return !inVain && allowsRerun(cause) && crashes.size() < options.retries();
  }

  /// Whether the options allow that something runs twice after such a death.
  final boolean allowsRerun(WorkerCrashedException cause) {
    return !unwanted && options.retries() > 0 && options.retryOn().contains(cause.crashCause());
  }

  /// How long to wait before the next attempt, jitter included.
  final long backoffNanos() {
    Backoff backoff = options.backoff();
    double off = backoff.jitter() * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    long nanos = Deadlines.saturatedNanos(backoff.before(Math.max(1, crashes.size())));
    return (long) (nanos * (1 + off));
  }

  /// Fails a job that has cost too many workers.
  public final void giveUp(WorkerCrashedException last) {
    fail(quarantine(last));
  }

  /// The last of several deaths, to which the others are attached: the job is in quarantine, it is
  /// not run again.
  final WorkerCrashedException quarantine(WorkerCrashedException last) {
    List<WorkerCrashedException> earlier = with(deathsWhileFirst, crashes);
    earlier.forEach(last::addSuppressed);
    if (!earlier.isEmpty()) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} is not run again: {1} workers have died under it",
          name(),
          earlier.size() + 1);
    }
    return last;
  }
}
