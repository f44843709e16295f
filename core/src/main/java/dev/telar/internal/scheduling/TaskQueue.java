package dev.telar.internal.scheduling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The single tasks that wait, first in, first out. Guarded by the scheduler's lock.
final class TaskQueue extends Source {

  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private final Set<Job> resting = new HashSet<>();
  private int dead;

  void add(Job job) {
    jobs.addLast(job);
  }

  void addFirst(Job job) {
    jobs.addFirst(job);
  }

  /// A job waits outside the queue, until [#wakeUp(Job)].
  void rest(Job job) {
    resting.add(job);
  }

  /// Puts a job that rested in front of all others.
  ///
  /// @return false if it has been drained since
  boolean wakeUp(Job job) {
    boolean rested = resting.remove(job);
    if (rested) {
      jobs.addFirst(job);
    }
    return rested;
  }

  /// A job in the queue was cancelled. It is dropped when its turn comes, or when such jobs are
  /// many.
  void died() {
    if (++dead > 64 && dead > jobs.size() / 2) {
      jobs.removeIf(Job::ended);
      resting.removeIf(Job::ended);
      dead = 0;
    }
  }

  @Override
  @Nullable Job poll(boolean slotIsIdle) {
    for (Job job; (job = jobs.pollFirst()) != null; ) {
      if (!job.ended()) {
        return job;
      }
      dead--;
    }
    return null;
  }

  @Override
  boolean hasWork() {
    return !jobs.isEmpty();
  }

  @Override
  int size() {
    return jobs.size();
  }

  List<Job> drain() {
    var all = new ArrayList<>(resting);
    all.addAll(jobs);
    resting.clear();
    jobs.clear();
    dead = 0;
    return all;
  }
}
