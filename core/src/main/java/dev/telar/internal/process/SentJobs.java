package dev.telar.internal.process;

import dev.telar.internal.scheduling.Job;
import dev.telar.internal.wire.StatusPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The jobs in the hands of one worker, in the order in which they were sent, and their entries on
/// the status page. Not thread-safe: guarded by the slot's lock.
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

  /// What a dead worker had.
  ///
  /// @param running what it had started
  /// @param waiting what it had not, in the order in which it was sent
  record Left(List<Sent> running, List<Sent> waiting) {}

  /// A worker is sent work for so long ahead…
  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /// …but not so much of it.
  private static final long AHEAD_BYTES = 1 << 20;

  private static final int AHEAD_JOBS = 256;

  private final StatusPage page;
  private final LinkedHashMap<Long, Sent> jobs = new LinkedHashMap<>();
  private final int[] free = new int[StatusPage.ENTRIES];
  private int freeCount = StatusPage.ENTRIES;
  private long numbers;
  private long nanos;
  private long bytes;

  SentJobs(StatusPage page) {
    this.page = page;
    for (int i = 0; i < free.length; i++) {
      free[i] = free.length - 1 - i;
    }
  }

  int size() {
    return jobs.size();
  }

  /// Whether another job may be sent to a worker of so many threads: always one ahead of each
  /// thread's need, and more if they are short and small.
  Room room(int threads) {
    int count = jobs.size();
    if (count < threads) {
      return Room.IDLE;
    }
    boolean more =
        count == threads
            || (count < Math.min(threads + AHEAD_JOBS, StatusPage.ENTRIES)
                && nanos < AHEAD_NANOS * threads
                && bytes < AHEAD_BYTES);
    return more ? Room.AHEAD : Room.NONE;
  }

  Sent add(Job job, long size) {
    var sent = new Sent(job, ++numbers, free[--freeCount], size);
    page.send(sent.entry, sent.number);
    jobs.put(sent.number, sent);
    nanos += job.estimatedNanos();
    bytes += size;
    return sent;
  }

  @Nullable Sent remove(long number) {
    Sent sent = jobs.remove(number);
    if (sent != null) {
      free[freeCount++] = sent.entry;
      bytes -= sent.bytes;
      nanos = jobs.isEmpty() ? 0 : Math.max(0, nanos - sent.job.estimatedNanos());
    }
    return sent;
  }

  /// Takes a job back that the worker has not started.
  boolean takeBack(Sent sent) {
    return page.takeBack(sent.entry, sent.number) && remove(sent.number) != null;
  }

  @SuppressWarnings("ReferenceEquality") // jobs have identity
  @Nullable Sent find(Job job) {
    for (Sent sent : jobs.values()) {
      if (sent.job == job) {
        return sent;
      }
    }
    return null;
  }

  /// Whether the worker has started none of them.
  boolean allWaiting() {
    return jobs.values().stream().noneMatch(sent -> page.isRunning(sent.entry, sent.number));
  }

  boolean contains(Sent sent) {
    return jobs.containsKey(sent.number);
  }

  /// Takes back the job that was sent last, if it waits.
  @Nullable Job takeBackLast() {
    for (Sent sent : jobs.sequencedValues().reversed()) {
      if (takeBack(sent)) {
        return sent.job;
      }
    }
    return null;
  }

  List<Sent> all() {
    return List.copyOf(jobs.values());
  }

  /// The worker is dead: takes everything from it.
  Left giveUp() {
    var running = new ArrayList<Sent>();
    var waiting = new ArrayList<Sent>();
    for (Sent sent : all()) {
      if (takeBack(sent)) {
        waiting.add(sent);
      } else if (remove(sent.number) != null) {
        running.add(sent);
      }
    }
    return new Left(running, waiting);
  }
}
