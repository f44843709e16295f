package dev.telar.internal.process;

import dev.telar.WorkerStats;
import dev.telar.WorkerStats.RunningTask;
import dev.telar.WorkerStats.State;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.system.ResidentMemory;
import dev.telar.internal.wire.StatusPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one worker process does and has done, as its page and the system tell it.
final class WorkerUsage {

  private final String name;
  private final int threads;
  private final long born = System.nanoTime();
  private volatile long ready;

  WorkerUsage(String name, int threads) {
    this.name = name;
    this.threads = threads;
  }

  /// The worker is up.
  ///
  /// @return how long that took
  Duration markReady() {
    ready = System.nanoTime();
    return Duration.ofNanos(ready - born);
  }

  /// A snapshot.
  ///
  /// @param worker the process, or null if it is not started
  WorkerStats stats(@Nullable WorkerProcess worker, SentJobs jobs) {
    if (worker == null || ready == 0) {
      return notReady(worker);
    }
    StatusPage page = worker.page();
    var running = new ArrayList<RunningTask>();
    long now = System.nanoTime();
    int waiting = 0;
    long busy = page.decodingNanos() + page.computingNanos() + page.encodingNanos();
    for (Sent sent : jobs.all()) {
      long started = page.startedNanos(sent.entry(), sent.number());
      if (started == 0) {
        waiting++;
      } else {
        String task = CrashReport.taskOf(worker, sent);
        Duration since = Duration.ofNanos(Math.max(0, now - started));
        running.add(new RunningTask(task, sent.job().attempt(), since));
        busy += since.toNanos();
      }
    }
    return new WorkerStats(
        name,
        worker.pid(),
        state(jobs, running),
        running,
        waiting,
        page.tasksDone(),
        ResidentMemory.of(worker.pid()),
        cpu(worker.pid()),
        Duration.ofNanos(ready - born),
        Duration.ofNanos(Math.max(0, (now - ready) * threads - busy)),
        Duration.ofNanos(page.decodingNanos()),
        Duration.ofNanos(page.computingNanos()),
        Duration.ofNanos(page.encodingNanos()));
  }

  private static State state(SentJobs jobs, List<RunningTask> running) {
    if (jobs.isStandingBy()) {
      return State.STANDBY;
    }
    if (!jobs.isOpen()) {
      return State.RETIRING;
    }
    return running.isEmpty() ? State.IDLE : State.BUSY;
  }

  private WorkerStats notReady(@Nullable WorkerProcess worker) {
    long pid = worker == null ? 0 : worker.pid();
    return new WorkerStats(
        name,
        pid,
        State.STARTING,
        List.of(),
        0,
        0,
        pid == 0 ? 0 : ResidentMemory.of(pid),
        pid == 0 ? Duration.ZERO : cpu(pid),
        Duration.ofNanos(System.nanoTime() - born),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
