package dev.telar.internal.process;

import dev.telar.WorkerStartException;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Encoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.system.ExitStatus;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameType;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tells a worker that has connected what it is to be, and waits until its initializer has run.
final class WorkerSetup {

  private static final long READ_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final WorkerProcess worker;
  private final WorkerSpec spec;

  WorkerSetup(WorkerProcess worker, WorkerSpec spec) {
    this.worker = worker;
    this.spec = spec;
  }

  /// Does it.
  ///
  /// @throws StartFailure with the child's own words if it dies, its initializer fails, or its time
  ///   is up
  void run() throws IOException, InterruptedException, StartFailure {
    send();
    long limit = Deadlines.saturatedNanos(spec.initializerTimeout());
    Future<?> alarm = Deadlines.after(limit, () -> Callbacks.runUntrusted(worker::kill));
    try {
      for (Frame frame; (frame = worker.reader().read()) != null; ) {
        switch (frame.type()) {
          case READY -> {
            return;
          }
          case REFUSED -> throw refused(frame);
          case CLASSES -> worker.classes().define(frame.body());
          case CLASS_REQUEST -> worker.answer(frame);
          default -> throw new IOException("unexpected " + frame.type());
        }
      }
    } finally {
      alarm.cancel(false);
    }
    throw dead();
  }

  private void send() {
    var setup = new Output();
    setup.writeInt(spec.threads());
    spec.upkeep().write(setup);
    Encoded initializer = spec.initializer();
    setup.writeInt(initializer == null ? 0 : initializer.loader());
    if (initializer == null) {
      new Encoder(spec.dictionary()).encode(null, setup);
      worker.control().write(FrameType.SETUP, setup);
    } else {
      worker.control().write(FrameType.SETUP, setup, initializer.bytes());
    }
  }

  private StartFailure dead() throws InterruptedException {
    ExitStatus status = worker.bury();
    String how = "it " + status.describe();
    if (spec.initializer() == null) {
      return worker.failure(how, false);
    }
    Kill kill = worker.killReason();
    if (kill != null) {
      return worker.failure(how + " in its initializer, because " + kill.reason(), true);
    }
    if (worker.isKilled()) {
      String limit = spec.initializerTimeout().toMillis() + " ms";
      return worker.failure("its initializer ran longer than " + limit, true);
    }
    // Whoever killed it is not the initializer, which would do it again.
    return worker.failure(how + " in its initializer", !status.isKilled());
  }

  private StartFailure refused(Frame frame) throws InterruptedException {
    Throwable why = read(frame);
    worker.kill();
    var _ = worker.bury();
    String message = "the initializer of " + worker.name() + " failed: " + why;
    return new StartFailure(new WorkerStartException(message, why), true);
  }

  /// Reads an error on a thread that can be spared: its `readObject` is the user's.
  private Throwable read(Frame frame) throws InterruptedException {
    var decoder = new Decoder(worker.classes());
    var reading =
        new FutureTask<Throwable>(
            () -> Failures.decode(frame.body(), decoder, ClassLoader.getSystemClassLoader()));
    Callbacks.runUntrusted(reading);
    try {
      return reading.get(READ_NANOS, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return e;
    } catch (TimeoutException e) {
      return new IllegalStateException("its exception takes too long to be read", e);
    }
  }
}
