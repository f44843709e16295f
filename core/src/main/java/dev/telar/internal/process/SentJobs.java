package dev.telar.internal.process;

import dev.telar.internal.scheduling.Job;
import dev.telar.internal.wire.StatusPage;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The jobs in the hands of one worker, in the order in which they were sent, and their entries on
/// the status page. Not thread-safe: guarded by the slot's lock.
final class SentJobs {

  /// A job, its number on the wire and its entry on the page.
  record Sent(Job job, long number, int entry, long bytes) {}

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

  /// How long all of them will take, one after another, as far as is known.
  long nanos() {
    return nanos;
  }

  /// How many bytes all of them have.
  long bytes() {
    return bytes;
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
}
