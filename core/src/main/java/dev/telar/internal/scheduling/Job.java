package dev.telar.internal.scheduling;

import dev.telar.TaskOptions;
import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Future;
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
public abstract class Job {

  private enum Phase {
    WAITING,
    TAKEN,
    ENDED
  }

  private static final int SUSPICIOUS_DEATHS = 3;

  private final TaskOptions options;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private volatile @Nullable Slot slot;
  private volatile boolean unwanted;
  private volatile boolean timedOut;
  private volatile @Nullable Future<?> alarm;
  private volatile int deaths; // written by one slot after another, read by who tells of it
  private int deathsWhileFirst;
  private boolean othersMayHelp; // from next() to wakeHelperFor(), in one thread

  Job(TaskOptions options) {
    this.options = options;
  }

  /// The options of the view through which the job was submitted.
  public final TaskOptions options() {
    return options;
  }

  /// What to call the job in messages.
  public abstract String name();

  /// How many tasks this job is, for accounting.
  abstract int size();

  /// How long the job will take, as far as earlier ones tell; bounds what is sent ahead.
  public abstract long estimatedNanos();

  /// The worker died under the running job: tries again if the options allow it, else fails.
  public abstract void lost(Scheduler scheduler, WorkerCrashedException cause);

  /// Fails the job as a whole.
  public abstract void fail(Throwable error);

  /// Whether nobody waits for the result any more.
  public final boolean unwanted() {
    return unwanted;
  }

  /// Whether the job exceeded its time limit.
  public final boolean timedOut() {
    return timedOut;
  }

  /// The error of a job that exceeded its time limit.
  public final TaskTimeoutException timeoutError() {
    Duration limit = Objects.requireNonNull(options.timeout());
    return new TaskTimeoutException(name() + " ran longer than its limit of " + text(limit), limit);
  }

  private static String text(Duration limit) {
    return limit.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  final boolean take(Slot by) {
    slot = by;
    return phase.compareAndSet(Phase.WAITING, Phase.TAKEN);
  }

  final void untake() {
    slot = null;
    phase.set(Phase.WAITING);
  }

  final boolean end() {
    boolean first = phase.getAndSet(Phase.ENDED) != Phase.ENDED;
    if (first) {
      forgetAlarm();
    }
    return first;
  }

  /// Sets the alarm of the time limit, which must not keep an ended job in memory.
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

  final void markTimedOut() {
    timedOut = true;
  }

  /// Counts the death of a worker that had not started this job, but would have next.
  ///
  /// @return whether the job must be suspected: a message that a worker has no memory for kills it
  ///   before it can claim anything
  public final boolean suspected() {
    return ++deathsWhileFirst >= SUSPICIOUS_DEATHS;
  }

  /// Which attempt this is: 1 plus the number of workers that have died under the job.
  public final int attempt() {
    return deaths + 1;
  }

  /// Counts a death of a worker and tells whether another attempt is allowed.
  final boolean mayRetry() {
    int before = deaths;
    deaths = before + 1;
    return !unwanted && !timedOut && before < options.retries();
  }
}
