package dev.telar.internal.threads;

import dev.telar.Capabilities;
import dev.telar.Task;
import dev.telar.WorkerStats;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.TaskStack;
import dev.telar.internal.state.StateInstances;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A bounded number of platform threads.
public final class ThreadEngine extends LocalEngine {

  private final String name;
  private final int threads;
  private final AtomicInteger alive;
  private volatile List<ThreadSlot> slots = List.of();

  public ThreadEngine(String name, int threads) {
    this.name = name;
    this.threads = threads;
    this.alive = new AtomicInteger(threads);
  }

  @Override
  public String toString() {
    return threads + (threads == 1 ? " thread" : " threads");
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(threads, false, false, false, true, true);
  }

  @Override
  public boolean chunks() {
    return true;
  }

  @Override
  public void start(Scheduler scheduler) {
    slots =
        IntStream.rangeClosed(1, threads)
            .mapToObj(i -> new ThreadSlot(scheduler, name + "-thread-" + i, () -> ended(scheduler)))
            .toList();
    for (ThreadSlot slot : slots) {
      scheduler.add(slot);
    }
  }

  @Override
  StateInstances instances(Task<?> initializer) {
    return StateInstances.perThread(initializer);
  }

  private void ended(Scheduler scheduler) {
    endOwnStates();
    if (alive.decrementAndGet() == 0) {
      scheduler.terminated();
    }
  }

  @Override
  public void stop() {
    slots.forEach(ThreadSlot::stop);
  }

  @Override
  public void stopRunning() {
    slots.forEach(ThreadSlot::stopRunning);
  }

  @Override
  public List<WorkerStats> workers() {
    return slots.stream().map(ThreadSlot::stats).toList();
  }

  @Override
  public List<TaskStack> stacks() {
    return slots.stream().flatMap(slot -> slot.stacks().stream()).toList();
  }

  @Override
  public boolean isOwnThread() {
    return slots.stream().anyMatch(ThreadSlot::isCurrent);
  }
}
