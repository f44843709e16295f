package dev.telar.internal.process;

import dev.telar.CrashCause;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Output;
import dev.telar.internal.codec.StackTraces;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Stops jobs that run in one worker: an interrupt, a grace period, the end of the process.
final class Stopping {

  private static final String UNSEEN =
      "its thread was where the JVM cannot look into it, such as a native call";

  /// After that nobody waits any more to know where a job is. There is no answer if it has ended.
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// How long the result of a job that has ended by itself may be on its way.
  private static final long RESULT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long NO_THREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Whichever item of a chunk runs.
  private static final int ANY_ITEM = -1;

  private static final Kill OUT_OF_MEMORY =
      Kill.of(CrashCause.OUT_OF_MEMORY, "a task in it had no memory left (OutOfMemoryError)");

  private final WorkerProcess worker;
  private final SentJobs jobs;
  private final long graceNanos;
  private final Consumer<String> leave;
  private final Map<Long, CompletableFuture<List<StackTraceElement>>> looks =
      new ConcurrentHashMap<>();
  private boolean spoilt;

  /// Stops jobs of one worker.
  ///
  /// @param leave replaces the worker, for a reason, and takes back what waits in it
  Stopping(WorkerProcess worker, SentJobs jobs, long graceNanos, Consumer<String> leave) {
    this.worker = worker;
    this.jobs = jobs;
    this.graceNanos = graceNanos;
    this.leave = leave;
  }

  void cancel(Sent sent) {
    String reason = sent.job().name() + ", which ran in it, was cancelled and did not end";
    stop(sent, Kill.of(CrashCause.LIMIT_EXCEEDED, reason));
  }

  /// Asks where a job is that will be killed at its limit with no time for such questions.
  void warn(Job job) {
    Sent sent = jobs.find(job);
    if (sent != null) {
      ask(sent, worker.page().item(sent.entry()), true, false);
    }
  }

  /// Stops the item of a job that is late, and no other.
  void timeOut(Job job) {
    Sent sent = jobs.find(job);
    if (sent != null) {
      int late = job.lateItem();
      ask(sent, late, true, true);
      String reason = job.name() + ", which ran in it, exceeded its time limit and did not end";
      killLater(sent, late, Kill.of(CrashCause.LIMIT_EXCEEDED, reason));
    }
  }

  /// Asks where a job is, for somebody who wants to know.
  ///
  /// @return its stack, when the worker has answered; empty if it could not look
  CompletableFuture<List<StackTraceElement>> look(Sent sent) {
    var answer = looks.computeIfAbsent(sent.number(), _ -> new CompletableFuture<>());
    ask(sent, ANY_ITEM, true, false);
    var _ = Deadlines.after(LOOK_NANOS, () -> looks.remove(sent.number(), answer));
    return answer;
  }

  /// The worker has looked at a job, or could not.
  void looked(Frame frame) throws CorruptMessageException {
    long number = frame.body().readLong();
    StackTraceElement[] stack =
        frame.body().readBoolean() ? StackTraces.read(frame.body()) : new StackTraceElement[0];
    CompletableFuture<List<StackTraceElement>> asked = looks.remove(number);
    if (asked != null) {
      asked.complete(List.of(stack));
    }
    Sent sent = jobs.find(number);
    if (sent == null || (asked != null && !sent.job().timedOut())) {
      return; // it has ended meanwhile, or somebody was just curious
    }
    if (stack.length > 0) {
      sent.job().seen(stack);
    } else {
      sent.job().unseen(UNSEEN);
    }
  }

  /// The initializer of the state that a job needs takes too long.
  void statelessFor(Sent sent, Duration limit) {
    String reason =
        "the initializer of the state for %s ran longer than %d ms"
            .formatted(sent.job().name(), limit.toMillis());
    stop(sent, Kill.of(CrashCause.LIMIT_EXCEEDED, reason));
  }

  void stopAll() {
    var kill = Kill.of(CrashCause.LIMIT_EXCEEDED, "the pool was stopped");
    jobs.all().forEach(sent -> stop(sent, kill));
  }

  /// Interrupts a running job, and kills the worker if it has not ended after the grace period.
  private void stop(Sent sent, Kill kill) {
    ask(sent, ANY_ITEM, false, true);
    killLater(sent, ANY_ITEM, kill);
  }

  private void ask(Sent sent, int item, boolean stack, boolean interrupt) {
    var message = new Output(16);
    message.writeLong(sent.number());
    message.writeInt(item);
    message.writeBoolean(stack);
    message.writeBoolean(interrupt);
    worker.control().write(FrameType.INTERRUPT, message);
  }

  private void killLater(Sent sent, int item, Kill kill) {
    var _ = Deadlines.after(graceNanos, () -> killIfRunning(sent, item, kill));
  }

  /// A worker that has had no memory takes no more jobs, and does not live longer than those beside
  /// the one that has failed may take to stop. Called by the thread that reads from the worker.
  void killIfOutOfMemory() {
    if (!spoilt && worker.page().outOfMemory()) {
      spoilt = true;
      leave.accept(OUT_OF_MEMORY.reason());
      long grace = jobs.isEmpty() ? 0 : graceNanos;
      var _ = Deadlines.after(grace, () -> apart(() -> kill(OUT_OF_MEMORY)));
    }
  }

  /// Kills the worker for a reason that its tasks are told. Its replacement starts first, and what
  /// it has not started goes there: killing takes some time, and meanwhile it could start more.
  void kill(Kill why) {
    jobs.noteReturned();
    worker.condemn(why);
    leave.accept(why.reason());
    worker.killIfAlive();
  }

  private void killIfRunning(Sent sent, int item, Kill kill) {
    if (hasEnded(sent)) { // it has only to be read; but a process may be stopped at this very point
      killLaterIfStillThere(sent, kill);
    } else if (isAt(sent, item)) {
      apart(() -> killUnlessEnded(sent, item, kill));
    }
  }

  /// Whoever comes after the job in this worker shall not die for it. So first nothing new can
  /// start there, and only then it is decided, by what the worker has said until then.
  private void killUnlessEnded(Sent sent, int item, Kill kill) {
    leave.accept(kill.reason());
    if (hasEnded(sent)) {
      killLaterIfStillThere(sent, kill);
    } else if (isAt(sent, item)) {
      if (worker.isStopped()) {
        sent.job().unseen("its worker process was stopped (SIGSTOP, or a debugger)");
      }
      kill(kill);
    }
  }

  private boolean hasEnded(Sent sent) {
    return !jobs.contains(sent) || worker.page().isDone(sent.entry(), sent.number());
  }

  private boolean isAt(Sent sent, int item) {
    return item == ANY_ITEM || worker.page().item(sent.entry()) == item;
  }

  private void killLaterIfStillThere(Sent sent, Kill kill) {
    var _ =
        Deadlines.after(
            RESULT_NANOS,
            () -> {
              if (jobs.contains(sent)) {
                apart(() -> kill(kill));
              }
            });
  }

  /// Does what takes time on a thread of its own. If there is none to be had, which may be the
  /// doing of the very task that is to be stopped, it is tried until there is.
  private static void apart(Runnable action) {
    try {
      Callbacks.runUntrusted(action);
    } catch (OutOfMemoryError e) {
      var _ = Deadlines.after(NO_THREAD_NANOS, () -> apart(action));
    }
  }
}
