package dev.telar.internal.flight;

import dev.telar.PoolEvent;
import dev.telar.PoolEvent.OfTask;
import dev.telar.PoolEvent.OfWorker;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// The events of [PoolEvent] as JDK Flight Recorder wants them, names and fields alike. Spans are
/// in nanoseconds. No stack traces: they would show threads of the pool.
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class FlightEvents {

  private FlightEvents() {}

  @Category({"Telar", "Tasks"})
  @StackTrace(false)
  private abstract static class TaskEvent extends Event {
    @Label("Pool")
    @Nullable String pool;

    @Label("Id")
    long id;

    @Label("Task")
    @Nullable String task;

    final void of(OfTask event) {
      pool = event.pool();
      id = event.id();
      task = event.task();
    }
  }

  @Name("dev.telar.TaskSubmitted")
  @Label("Task Submitted")
  private static final class TaskSubmitted extends TaskEvent {
    @Label("Items")
    int items;
  }

  @Name("dev.telar.TaskStarted")
  @Label("Task Started")
  private static final class TaskStarted extends TaskEvent {
    @Label("Worker")
    @Nullable String worker;

    @Label("Attempt")
    int attempt;
  }

  @Name("dev.telar.TaskFinished")
  @Label("Task Finished")
  private static final class TaskFinished extends TaskEvent {
    @Label("Worker")
    @Nullable String worker;

    @Label("Ran")
    @Timespan
    long ran;
  }

  @Name("dev.telar.TaskFailed")
  @Label("Task Failed")
  private static final class TaskFailed extends TaskEvent {
    @Label("Worker")
    @Nullable String worker;

    @Label("Error")
    @Nullable String error;
  }

  @Name("dev.telar.TaskTimedOut")
  @Label("Task Timed Out")
  private static final class TaskTimedOut extends TaskEvent {
    @Label("Worker")
    @Nullable String worker;
  }

  @Name("dev.telar.TaskCancelled")
  @Label("Task Cancelled")
  private static final class TaskCancelled extends TaskEvent {}

  @Category({"Telar", "Workers"})
  @StackTrace(false)
  private abstract static class WorkerEvent extends Event {
    @Label("Pool")
    @Nullable String pool;

    @Label("Worker")
    @Nullable String worker;

    @Label("Process Id")
    long pid;

    final void of(OfWorker event) {
      pool = event.pool();
      worker = event.worker();
      pid = event.pid();
    }
  }

  @Name("dev.telar.WorkerStarted")
  @Label("Worker Started")
  private static final class WorkerStarted extends WorkerEvent {}

  @Name("dev.telar.WorkerReady")
  @Label("Worker Ready")
  private static final class WorkerReady extends WorkerEvent {
    @Label("Starting")
    @Timespan
    long starting;
  }

  @Name("dev.telar.WorkerRecycled")
  @Label("Worker Recycled")
  private static final class WorkerRecycled extends WorkerEvent {
    @Label("Reason")
    @Nullable String reason;
  }

  @Name("dev.telar.WorkerDied")
  @Label("Worker Died")
  private static final class WorkerDied extends WorkerEvent {
    @Label("Cause")
    @Nullable String cause;

    @Label("Exit Code")
    int exitCode;

    @Label("Signal")
    int signal;
  }

  @Name("dev.telar.WorkerEnded")
  @Label("Worker Ended")
  private static final class WorkerEnded extends WorkerEvent {}

  @Name("dev.telar.LockAbandoned")
  @Label("Lock Abandoned")
  @Category({"Telar", "Shared"})
  @StackTrace(false)
  private static final class LockAbandoned extends Event {
    @Label("Lock")
    @Nullable String lock;

    @Label("Owner's Process Id")
    long pid;
  }

  static boolean isRecording() {
    return FlightRecorder.isInitialized();
  }

  static void record(PoolEvent event) {
    switch (event) {
      case PoolEvent.OfTask task -> recordTask(task);
      case PoolEvent.OfWorker worker -> recordWorker(worker);
      case PoolEvent.LockAbandoned abandoned -> {
        var told = new LockAbandoned();
        told.lock = abandoned.lock();
        told.pid = abandoned.pid();
        told.commit();
      }
    }
  }

  private static void recordTask(OfTask event) {
    TaskEvent told =
        switch (event) {
          case PoolEvent.TaskSubmitted submitted -> {
            var each = new TaskSubmitted();
            each.items = submitted.items();
            yield each;
          }
          case PoolEvent.TaskStarted started -> {
            var each = new TaskStarted();
            each.worker = started.worker();
            each.attempt = started.attempt();
            yield each;
          }
          case PoolEvent.TaskFinished finished -> {
            var each = new TaskFinished();
            each.worker = finished.worker();
            each.ran = nanos(finished.ran());
            yield each;
          }
          case PoolEvent.TaskFailed failed -> {
            var each = new TaskFailed();
            each.worker = failed.worker();
            Throwable error = failed.error();
            each.error = error == null ? null : error.getClass().getName();
            yield each;
          }
          case PoolEvent.TaskTimedOut late -> {
            var each = new TaskTimedOut();
            each.worker = late.worker();
            yield each;
          }
          case PoolEvent.TaskCancelled _ -> new TaskCancelled();
        };
    told.of(event);
    told.commit();
  }

  private static void recordWorker(OfWorker event) {
    WorkerEvent told =
        switch (event) {
          case PoolEvent.WorkerStarted _ -> new WorkerStarted();
          case PoolEvent.WorkerReady ready -> {
            var each = new WorkerReady();
            each.starting = nanos(ready.starting());
            yield each;
          }
          case PoolEvent.WorkerRecycled recycled -> {
            var each = new WorkerRecycled();
            each.reason = recycled.reason();
            yield each;
          }
          case PoolEvent.WorkerDied died -> {
            var each = new WorkerDied();
            each.cause = died.death().cause().name();
            each.exitCode = died.death().exitCode().orElse(-1);
            each.signal = died.death().signal().orElse(0);
            yield each;
          }
          case PoolEvent.WorkerEnded _ -> new WorkerEnded();
        };
    told.of(event);
    told.commit();
  }

  private static long nanos(Duration span) {
    return span.toNanos();
  }
}
