package dev.telar.internal.worker;

import dev.telar.LeakPolicy;
import dev.telar.internal.codec.Output;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import dev.telar.internal.wire.UpkeepSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Looks after this JVM between tasks: puts back what they have changed, tells the parent what they
/// have left, and claims no more jobs when it should be replaced.
///
/// All of it happens after a job has run and before its result is written, so that no other job has
/// been claimed by the same thread. What is dear to look at is looked at every millisecond at most:
/// then it may have been left by one of several short jobs.
final class Upkeep {

  private static final long THREADS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long HEAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int MOST_FINDINGS = 20;

  private final UpkeepSettings settings;
  private final FrameWriter out;
  private final RunningJobs running;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Surroundings surroundings;
  private @Nullable LeftThreads threads;
  private @Nullable RetainedHeap heap;
  private long threadsLooked;
  private long heapLooked;
  private volatile boolean spent;

  Upkeep(UpkeepSettings settings, FrameWriter out, RunningJobs running) {
    this.settings = settings;
    this.out = out;
    this.running = running;
  }

  /// Takes everything as it should be: an initializer has run.
  void accept() {
    lock.lock();
    try {
      if (settings.leaks() != LeakPolicy.IGNORE) {
        surroundings = new Surroundings();
      }
      if (settings.leaks().compareTo(LeakPolicy.WARN) >= 0 || settings.maxLeftThreads() >= 0) {
        if (threads == null) {
          threads = new LeftThreads();
        } else {
          threads.accept();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether no more jobs are to be claimed: this process is about to be replaced.
  boolean isSpent() {
    return spent;
  }

  /// A job has run, and is none of those any more that run.
  void after(long job) throws IOException {
    if (settings.equals(UpkeepSettings.NONE)) {
      return;
    }
    List<String> found;
    boolean first;
    lock.lock();
    try {
      if (spent || !running.isEmpty()) {
        return; // what others do meanwhile is their business until they have ended
      }
      found = lookCarefully();
      first = spent;
    } finally {
      lock.unlock();
    }
    if (first || (!found.isEmpty() && settings.leaks().compareTo(LeakPolicy.WARN) >= 0)) {
      tell(job, found);
    }
  }

  /// A job has failed: maybe because there is something that this process has no more of, and the
  /// next one would fail as well.
  void afterFailure(long job) throws IOException {
    if (Descriptors.areLeft()) {
      return;
    }
    lock.lock();
    try {
      if (spent) {
        return;
      }
      spent = true;
    } finally {
      lock.unlock();
    }
    tell(job, List.of("no file descriptor is left"));
  }

  /// What is looked at may be the user's own: values of properties, a broken time zone.
  private List<String> lookCarefully() {
    try {
      return look();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      spent = true;
      return List.of("what its tasks have changed cannot be looked at: " + e);
    }
  }

  private List<String> look() {
    List<String> found = surroundings == null ? List.of() : surroundings.restore();
    long now = System.nanoTime();
    boolean recycles = settings.leaks() == LeakPolicy.RECYCLE; // nothing may come after a leak
    if (threads != null && (recycles || now - threadsLooked >= THREADS_NANOS)) {
      found = withThreads(found, threads);
      threadsLooked = now;
    }
    spent |= recycles && !found.isEmpty();
    if (settings.maxRetainedHeap() > 0 && now - heapLooked >= HEAP_NANOS) {
      found = withHeap(found);
      heapLooked = now;
    }
    return found;
  }

  private List<String> withThreads(List<String> found, LeftThreads watched) {
    List<Thread> left = watched.look();
    var all = new ArrayList<>(found);
    for (Thread thread : left) {
      all.add("thread " + thread.getName() + " goes on");
    }
    int most = settings.maxLeftThreads();
    if (most >= 0 && watched.stillRunning() > most) {
      all.add("of the threads that tasks have left, so many go on: " + watched.stillRunning());
      spent = true;
    }
    return all;
  }

  private List<String> withHeap(List<String> found) {
    if (heap == null) {
      heap = new RetainedHeap();
    }
    long bytes = heap.bytes();
    if (bytes <= settings.maxRetainedHeap()) {
      return found;
    }
    spent = true;
    var all = new ArrayList<>(found);
    all.add((bytes >> 20) + " MiB of heap were in use after a collection");
    return all;
  }

  private void tell(long job, List<String> found) throws IOException {
    List<String> some = found.subList(0, Math.min(MOST_FINDINGS, found.size()));
    var message = new Output();
    message.writeLong(job);
    message.writeBoolean(spent);
    message.writeInt(some.size());
    some.forEach(message::writeUtf);
    out.write(FrameType.LEFTOVERS, message);
  }
}
