package dev.telar.internal.process;

import dev.telar.TaskOutOfMemoryException;
import dev.telar.internal.bulk.AttachedSegments;
import dev.telar.internal.bulk.Borrowed;
import dev.telar.internal.codec.ClassTable;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.scheduling.ChunkJob;
import dev.telar.internal.scheduling.ExpendableThread;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.TaskJob;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameType;
import java.util.concurrent.TimeoutException;

/// Brings what a worker answered to the futures and flows that wait for it.
///
/// Reading a plain value runs no code of the user's and is done at once. Reading anything else may,
/// and may never end: it is done on a thread that can be spared. Chunks are read by their
/// consumers.
final class ResultDelivery {

  private static final System.Logger LOG = System.getLogger(ResultDelivery.class.getName());

  private final WorkerProcess worker;
  private final Scheduler scheduler;
  private final Loaders loaders;
  private final Decoder decoder;
  private final ExpendableThread decoding = new ExpendableThread();

  ResultDelivery(
      WorkerProcess worker,
      Scheduler scheduler,
      Loaders loaders,
      ClassTable classes,
      AttachedSegments segments) {
    this.worker = worker;
    this.scheduler = scheduler;
    this.loaders = loaders;
    this.decoder = new Decoder(classes, segments);
  }

  /// Delivers a result, a failure or the results of a chunk.
  ///
  /// @param frame the frame, read up to where its content begins
  /// @param borrowed the memory beside it
  void deliver(Job job, Frame frame, Borrowed borrowed, long nanos) throws CorruptMessageException {
    switch (job) {
      case ChunkJob chunk -> {
        ClassLoader loader = loaders.get(((EncodedFunction) chunk.function()).encoded().loader());
        var result =
            new EncodedChunkResult(
                frame.body(),
                borrowed,
                chunk.collectsFailures(),
                decoder,
                loader,
                (done, error) -> outOfMemory(job, chunk.nameOfItem(done), nanos, error));
        chunk.complete(result, result.stopped(), nanos);
        scheduler.ended(chunk);
      }
      case TaskJob task -> deliverTask(task, frame, borrowed, nanos);
      default -> throw new AssertionError(job);
    }
  }

  private TaskOutOfMemoryException outOfMemory(Job job, String task, long nanos, Throwable error) {
    return CrashReport.outOfMemory(worker, task, job.attempt(), nanos, error);
  }

  private void deliverTask(TaskJob task, Frame frame, Borrowed borrowed, long nanos)
      throws CorruptMessageException {
    if (task.unwanted()) {
      borrowed.release();
      scheduler.ended(task);
    } else if (frame.type() == FrameType.RESULT && Decoder.isPlain(frame.body())) {
      read(task, frame, borrowed, nanos);
    } else {
      decoding.run(
          new ExpendableThread.Piece() {
            @Override
            public void run() {
              read(task, frame, borrowed, nanos);
            }

            @Override
            public long progress() {
              return frame.body().remaining();
            }

            @Override
            public void givenUp() {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "the result of {0} cannot be read: its readObject does not end, and keeps a"
                      + " thread",
                  task.name());
              task.fail(
                  new TimeoutException(
                      task.name()
                          + " has run, but its result cannot be read: its readObject does not"
                          + " end"));
              scheduler.ended(task);
            }
          });
    }
  }

  private void read(TaskJob task, Frame frame, Borrowed borrowed, long nanos) {
    ClassLoader loader = loaders.get(((Encoded) task.packed()).loader());
    try {
      if (frame.type() == FrameType.FAILURE) {
        boolean noMemory = frame.body().readBoolean();
        Throwable error = Failures.decode(frame.body(), decoder, loader);
        task.tellStarted(System.nanoTime() - nanos); // if nobody has
        task.fail(noMemory ? outOfMemory(task, task.name(), nanos, error) : error);
      } else {
        task.succeed(decoder.decode(frame.body(), loader), nanos);
      }
    } catch (Throwable e) {
      task.fail(e);
    } finally {
      borrowed.release();
      scheduler.ended(task);
    }
  }
}
