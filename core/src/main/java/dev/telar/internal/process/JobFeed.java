package dev.telar.internal.process;

import dev.telar.internal.codec.Output;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Pulls jobs for one worker that is up, and sends them, as long as there is room. Whichever thread
/// finds that there is something to do does it; nobody ever waits for the worker to read.
final class JobFeed {

  private static final int MOST_ROUNDS = 16;

  private final ProcessSlot slot;
  private final Scheduler scheduler;
  private final SentJobs jobs;
  private final Stopping stopping;
  private final Retirement retirement;
  private final Packing packing;
  private final JobSender sender;
  private final StartWatch starts;
  private final StandstillWatch standstill;
  private final WorkerEvents events;
  private final AtomicInteger pumping = new AtomicInteger();

  JobFeed(
      ProcessSlot slot,
      Scheduler scheduler,
      WorkerProcess worker,
      SentJobs jobs,
      Stopping stopping,
      Retirement retirement,
      Packing packing,
      WorkerEvents events) {
    this.slot = slot;
    this.scheduler = scheduler;
    this.jobs = jobs;
    this.stopping = stopping;
    this.retirement = retirement;
    this.packing = packing;
    this.sender = new JobSender(packing, worker.work());
    this.starts = new StartWatch(jobs, worker.page());
    this.standstill = new StandstillWatch(worker, jobs, retirement::leave);
    this.events = events;
  }

  /// There may be jobs, or room for them.
  void wake() {
    if (pumping.getAndIncrement() != 0) {
      return; // who is at it will look again
    }
    pump(0);
  }

  /// Sends as long as there is reason to. Whoever came first does it, for some rounds; then a
  /// thread of its own, lest one submitter send the tasks of all others for ever.
  private void pump(int rounds) {
    int round = rounds;
    int seen;
    try {
      do {
        if (++round == MOST_ROUNDS) {
          Callbacks.runUntrusted(() -> pump(MOST_ROUNDS));
          return;
        }
        seen = pumping.get();
        fill();
      } while (!pumping.compareAndSet(seen, 0));
    } catch (RuntimeException | Error e) {
      pumping.set(0);
      throw e;
    }
  }

  private void fill() {
    Job last = null;
    boolean ahead = false;
    for (SentJobs.Room room; (room = jobs.room()) != SentJobs.Room.NONE; ) {
      Job job = scheduler.next(slot, room == SentJobs.Room.IDLE);
      if (job == null) {
        break;
      }
      send(job);
      last = job;
      ahead |= room == SentJobs.Room.AHEAD || job.wasTakenBack();
    }
    if (last != null) {
      sender.flush();
      retirement.retireIfSpent();
      scheduler.wakeHelperFor(last);
      if (ahead) {
        scheduler.sentAhead();
      }
    }
  }

  private void send(Job job) {
    Sent sent;
    try {
      List<Output> content = sender.content(job);
      long size = 0;
      for (Output each : content) {
        size += each.size();
      }
      sent = jobs.add(job, size, added -> sender.add(added, content));
    } catch (RuntimeException | Error e) { // too large, or no memory for it
      job.fail(e);
      scheduler.ended(job);
      return;
    }
    if (sent == null) {
      scheduler.requeue(job);
      return;
    }
    if (scheduler.isStopped()) { // since we took it, and whoever stopped did not find it here
      stop(sent);
    } else if (job.unwanted()) {
      slot.cancel(job, true);
    }
    Deadlines.watch(job, slot);
    watchStarts();
  }

  /// Does to one job what a stop of the pool does to all.
  private void stop(Sent sent) {
    if (jobs.takeBack(sent)) {
      scheduler.requeue(sent.job()); // which is refused, and its future is told
      retirement.endIfRetired();
    } else {
      stopping.cancel(sent);
    }
  }

  /// Finds out whether jobs are started; and when, if anybody wants to know.
  void watchStarts() {
    standstill.arm();
    if (events.events().isOn()) {
      starts.arm();
    }
  }

  /// Lets the worker go through all that a task needs, before there is one. Under the lock of
  /// [SentJobs].
  void warmUp() {
    sender.warmUp(packing.nothing());
  }

  /// A function will not be used again; the worker is told with the next job.
  void forgetFunction(int id) {
    jobs.ifOpen(() -> sender.forget(id));
  }

  /// A state will not be used again; the worker is told at once, for it may hold much.
  void forgetState(int id) {
    jobs.ifOpen(
        () -> {
          sender.forget(id);
          sender.flush();
        });
  }
}
