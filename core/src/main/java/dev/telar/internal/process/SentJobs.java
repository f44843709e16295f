package dev.telar.internal.process;

import dev.telar.TaskProgress;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.wire.StatusPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The jobs in the hands of one worker, in the order in which they were sent, their entries on the
/// status page, and whether the worker takes more.
///
/// ```
///   STARTING ──▶ OPEN ──▶ RETIRING ──▶ DEAD        RETIRING: takes no more jobs, ends when it has none
///
///   a spare is STARTING until it is needed, also when it is up
/// ```
///
/// Thread-safe. What must be decided together (is it open? then add; is it empty? then end) is one
/// method here, so that nobody else needs the lock.
final class SentJobs {

  /// A job, its number on the wire and its entry on the page.
  record Sent(Job job, long number, int entry, long bytes) {}

  /// Whether another job may be sent.
  enum Room {
    NONE,
    /// To be run after others.
    AHEAD,
    /// A thread of the worker has nothing to do.
    IDLE
  }

  private enum State {
    STARTING,
    OPEN,
    RETIRING,
    DEAD
  }

  /// A worker is sent work for so long ahead…
  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /// …but not so much of it.
  private static final long AHEAD_BYTES = 1 << 20;

  private static final int AHEAD_JOBS = 256;

  private final int threads;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Long, Sent> jobs = new LinkedHashMap<>();
  private final Set<Long> returned = new HashSet<>();
  private final int[] free = new int[StatusPage.ENTRIES];
  private volatile State state = State.STARTING;
  private @Nullable StatusPage page;
  private int freeCount = StatusPage.ENTRIES;
  private int total;
  private long numbers;
  private long nanos;
  private long bytes;
  private boolean answered;
  private volatile boolean surplus;

  /// No jobs yet, and no worker that could take one.
  ///
  /// @param threads how many jobs the worker runs at once
  /// @param limit how many jobs it takes in its life; 0: no limit
  SentJobs(int threads, int limit) {
    this.threads = threads;
    this.limit = limit;
    for (int i = 0; i < free.length; i++) {
      free[i] = free.length - 1 - i;
    }
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private StatusPage page() {
    return Objects.requireNonNull(page);
  }

  // The state.

  /// The worker is up.
  ///
  /// @param prepare what must be there before the first job is added
  /// @param standby whether it takes no jobs before [#activate()]; asked under the lock
  /// @return whether it takes jobs from now on
  boolean open(StatusPage page, Runnable prepare, BooleanSupplier standby) {
    return locked(
        () -> {
          this.page = page;
          prepare.run();
          return !standby.getAsBoolean() && activate();
        });
  }

  /// The worker takes jobs, if it is up and took none before.
  ///
  /// @return whether it takes jobs from now on
  boolean activate() {
    return locked(
        () -> {
          boolean ready = isStandingBy();
          if (ready) {
            state = State.OPEN;
          }
          return ready;
        });
  }

  /// Whether the worker is up and has not begun to take jobs.
  boolean isStandingBy() {
    return locked(() -> state == State.STARTING && page != null);
  }

  /// Whether the worker takes jobs.
  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isStarting() {
    return state == State.STARTING;
  }

  /// The worker takes no more jobs.
  ///
  /// @return whether it did until now
  boolean retire() {
    return locked(() -> move(State.OPEN));
  }

  /// The worker takes no more jobs, even if it is not up yet.
  ///
  /// @return whether it was not up
  boolean close() {
    return locked(
        () -> {
          boolean starting = move(State.STARTING) && page == null;
          var _ = move(State.OPEN);
          return starting;
        });
  }

  private boolean move(State from) {
    if (state != from) {
      return false;
    }
    state = State.RETIRING;
    return true;
  }

  /// The worker is dead: nothing is added, found or taken back any more but by [#giveUpWaiting] and
  /// [#giveUpRunning].
  void die() {
    locked(() -> state = State.DEAD);
  }

  /// Whether the worker takes no more jobs and has none.
  boolean isFinished() {
    return state == State.RETIRING // nearly never: asked after each result
        && locked(() -> state == State.RETIRING && page != null && jobs.isEmpty());
  }

  /// Whether the worker has taken as many jobs as it may in its life.
  boolean isSpent() {
    return limit > 0 && locked(() -> total >= limit);
  }

  boolean isEmpty() {
    return locked(jobs::isEmpty);
  }

  /// How many more there are than the worker can run at once.
  int waiting() {
    return locked(() -> Math.max(0, jobs.size() - threads));
  }

  /// Whether the worker came up, but has neither finished nor started any job.
  boolean untouched() {
    return locked(() -> page != null && !answered && noneStarted());
  }

  /// Whether there are jobs, and none of them has been started.
  boolean allWait() {
    return locked(() -> state != State.DEAD && !jobs.isEmpty() && noneStarted());
  }

  private boolean noneStarted() {
    return jobs.values().stream().noneMatch(sent -> page().isRunning(sent.entry(), sent.number()));
  }

  /// Does something if the worker takes jobs.
  void ifOpen(Runnable action) {
    locked(
        () -> {
          if (state == State.OPEN) {
            action.run();
          }
          return null;
        });
  }

  // Jobs come and go.

  /// Whether another job may be sent: always one ahead of each thread's need, and more if they are
  /// short and small.
  Room room() {
    lock.lock();
    try {
      int count = jobs.size();
      if (state != State.OPEN || (limit > 0 && total >= limit)) {
        return Room.NONE;
      }
      if (count < threads) {
        return Room.IDLE;
      }
      boolean more =
          count == threads
              || (count < Math.min(threads + AHEAD_JOBS, StatusPage.ENTRIES)
                  && nanos < AHEAD_NANOS * threads
                  && bytes < AHEAD_BYTES);
      return more ? Room.AHEAD : Room.NONE;
    } finally {
      lock.unlock();
    }
  }

  /// Adds a job.
  ///
  /// @param size how long its message is, in bytes
  /// @param write puts it into what will be written; if that throws, the job is not added
  /// @return null if the worker takes no jobs
  @Nullable Sent add(Job job, long size, Consumer<Sent> write) {
    lock.lock();
    try {
      if (state != State.OPEN) {
        return null;
      }
      var sent = new Sent(job, ++numbers, free[--freeCount], size);
      page().send(sent.entry, sent.number);
      jobs.put(sent.number, sent);
      surplus = jobs.size() > threads;
      nanos += job.estimatedNanos();
      bytes += size;
      try {
        write.accept(sent);
      } catch (RuntimeException | Error e) {
        var _ = drop(sent.number);
        throw e;
      }
      total++;
      return sent;
    } finally {
      lock.unlock();
    }
  }

  /// The worker has answered.
  ///
  /// @return what it had been sent under this number, or null if nobody waits for it
  @Nullable Sent finish(long number) {
    lock.lock();
    try {
      answered = true;
      return drop(number);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Sent drop(long number) {
    Sent sent = jobs.remove(number);
    if (sent != null) {
      free[freeCount++] = sent.entry;
      bytes -= sent.bytes;
      surplus = jobs.size() > threads;
      nanos = jobs.isEmpty() ? 0 : Math.max(0, nanos - sent.job.estimatedNanos());
    }
    return sent;
  }

  /// Takes a job back that the worker has not started.
  boolean takeBack(Sent sent) {
    return locked(() -> state != State.DEAD && reclaim(sent));
  }

  private boolean reclaim(Sent sent) {
    return jobs.containsKey(sent.number)
        && page().takeBack(sent.entry, sent.number)
        && drop(sent.number) != null;
  }

  /// Whether there are more jobs than the worker can run at once. Needs no lock.
  boolean someWait() {
    return surplus;
  }

  /// Takes back the job that was sent last of those beyond what the worker can run at once.
  @Nullable Job takeBackSurplus() {
    return locked(() -> jobs.size() > threads ? takeBackLast() : null);
  }

  /// Takes back the job that was sent last, if it waits.
  @Nullable Job takeBackLast() {
    lock.lock();
    try {
      if (state != State.DEAD && !jobs.isEmpty()) {
        for (Sent sent : List.copyOf(jobs.sequencedValues().reversed())) {
          if (reclaim(sent)) {
            return sent.job;
          }
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // jobs have identity
  @Nullable Sent find(Job job) {
    return locked(
        () -> {
          for (Sent sent : jobs.values()) {
            if (sent.job == job && state != State.DEAD) {
              return sent;
            }
          }
          return null;
        });
  }

  /// What was sent under a number, or null if the worker does not have it any more.
  @Nullable Sent find(long number) {
    return locked(() -> jobs.get(number));
  }

  /// When the job, or the item of it that runs now, was started; 0 if it is not running.
  long startedNanos(Job job) {
    Sent sent = find(job);
    return sent == null ? 0 : page().startedNanos(sent.entry, sent.number);
  }

  /// Which item of the job runs, from 0.
  int item(Job job) {
    Sent sent = find(job);
    return sent == null ? 0 : page().item(sent.entry);
  }

  /// Whether the job has ended by itself and its result is not read yet.
  boolean hasReturned(Job job) {
    Sent sent = find(job);
    return sent != null && page().isDone(sent.entry, sent.number);
  }

  /// The worker is about to be killed: what has ended by itself until now has nothing to do with
  /// it.
  void noteReturned() {
    locked(
        () -> {
          for (Sent sent : jobs.values()) {
            if (page().isDone(sent.entry, sent.number)) {
              returned.add(sent.number);
            }
          }
          return null;
        });
  }

  /// Whether a job had ended by itself before the worker was about to be killed.
  boolean hadReturned(long number) {
    return locked(() -> returned.contains(number));
  }

  /// When the running job last reported how far it is; 0 if it has not.
  long reportedNanos(Job job) {
    Sent sent = find(job);
    return sent == null ? 0 : page().reportedNanos(sent.entry, sent.number);
  }

  /// How far the running job is, as it last reported; null if it has not.
  @Nullable TaskProgress progress(Job job) {
    Sent sent = find(job);
    return sent == null ? null : page().progress(sent.entry, sent.number);
  }

  boolean contains(Sent sent) {
    return locked(() -> jobs.containsKey(sent.number));
  }

  /// All that the worker has, in the order in which it was sent.
  List<Sent> all() {
    return locked(() -> List.copyOf(jobs.values()));
  }

  /// The worker is dead or dying: takes from it what it has not started, in the order in which that
  /// was sent.
  List<Sent> giveUpWaiting() {
    return locked(
        () -> {
          var waiting = new ArrayList<Sent>(jobs.values());
          waiting.removeIf(sent -> !reclaim(sent));
          return waiting;
        });
  }

  /// The worker is dead: takes from it what it had started.
  List<Sent> giveUpRunning() {
    return locked(
        () -> {
          var running = new ArrayList<Sent>(jobs.values());
          running.removeIf(sent -> drop(sent.number) == null);
          return running;
        });
  }
}
