package dev.telar.internal.scheduling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The single tasks that wait, first in, first out. Guarded by the scheduler's lock.
final class TaskQueue extends Source {

  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private int dead;

  void add(Job job) {
    jobs.addLast(job);
  }

  void addFirst(Job job) {
    jobs.addFirst(job);
  }

  /// A job in the queue was cancelled. It is dropped when its turn comes, or when such jobs are
  /// many.
  void died() {
    if (++dead > 64 && dead > jobs.size() / 2) {
      jobs.removeIf(Job::ended);
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

  List<Job> drain() {
    var all = new ArrayList<>(jobs);
    jobs.clear();
    dead = 0;
    return all;
  }
}
