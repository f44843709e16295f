package dev.telar.internal.process;

import dev.telar.internal.bulk.Borrowed;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Input;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/// What one worker that is up tells its parent, and what is done about it. Read by one thread,
/// until the worker is dead.
final class WorkerMessages {

  private final ProcessSlot slot;
  private final WorkerProcess worker;
  private final SentJobs jobs;
  private final Stopping stopping;
  private final ResultDelivery delivery;
  private final Retirement retirement;
  private final LeakLog leakLog;
  private final Duration initializerTimeout;

  WorkerMessages(
      ProcessSlot slot,
      WorkerProcess worker,
      SentJobs jobs,
      Stopping stopping,
      ResultDelivery delivery,
      Retirement retirement,
      LeakLog leakLog,
      Duration initializerTimeout) {
    this.slot = slot;
    this.worker = worker;
    this.jobs = jobs;
    this.stopping = stopping;
    this.delivery = delivery;
    this.retirement = retirement;
    this.leakLog = leakLog;
    this.initializerTimeout = initializerTimeout;
  }

  /// Reads until there is no more.
  ///
  /// @param afterSome is run when all that has come so far is read
  void read(Runnable afterSome) throws IOException {
    FrameReader reader = worker.reader();
    for (Frame frame; (frame = reader.read()) != null; ) {
      switch (frame.type()) {
        case RESULT, FAILURE, CHUNK_RESULT -> finished(frame);
        case PREPARING -> watchPreparation(frame.body().readLong());
        case LEFTOVERS -> leftovers(frame.body());
        case OUT_OF_MEMORY -> stopping.killIfOutOfMemory();
        case STACK -> stopping.looked(frame);
        case CLASSES -> worker.classes().define(frame.body());
        case CLASS_REQUEST -> worker.answer(frame);
        default -> {} // of a later version
      }
      if (!reader.hasFrame()) {
        retirement.worked();
        afterSome.run();
        retirement.endIfRetired();
      }
    }
  }

  private void finished(Frame frame) throws IOException {
    Input body = frame.body();
    long number = body.readLong();
    long nanos = body.readLong();
    if (worker.isCondemned() && !jobs.hadReturned(number)) {
      return; // what ends while its processes are being killed has not ended by itself
    }
    Borrowed borrowed = worker.segments().receive(body);
    Sent sent = jobs.finish(number);
    stopping.killIfOutOfMemory();
    if (sent == null) {
      borrowed.release();
      return;
    }
    worker.awaitOutput();
    delivery.deliver(sent.job(), frame, borrowed, nanos);
  }

  /// A state is being made for a job, which has a limit of its own: the job's begins afterwards.
  private void watchPreparation(long number) {
    var _ =
        Deadlines.after(
            Deadlines.saturatedNanos(initializerTimeout),
            () -> {
              Sent sent = jobs.find(number);
              if (sent != null && worker.page().isPreparing(sent.entry(), number)) {
                stopping.statelessFor(sent, initializerTimeout);
              }
            });
  }

  /// A job has left something in the worker, or the worker has found itself unfit for others.
  private void leftovers(Input body) throws CorruptMessageException {
    Sent sent = jobs.find(body.readLong());
    boolean spent = body.readBoolean();
    var found = new ArrayList<String>();
    for (int i = body.readInt(); i > 0; i--) {
      found.add(body.readUtf());
    }
    String task = sent == null ? "a task" : sent.job().name();
    leakLog.tell(task, slot, found);
    if (spent) { // it claims no more jobs by now, but it may have some
      retirement.leave("after " + task + ": " + String.join(", ", found));
    }
  }
}
