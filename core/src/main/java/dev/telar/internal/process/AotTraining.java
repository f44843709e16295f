package dev.telar.internal.process;

import static java.lang.System.Logger.Level.DEBUG;

import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.system.AotCache;
import dev.telar.internal.system.JavaCommand;
import dev.telar.internal.system.Nesting;
import dev.telar.internal.worker.Rehearsal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes the [AotCache] of a pool's workers while the pool is at work, if there is none yet: takes
/// about a second of one processor. Ends with the pool, if need be without a result; the next pool
/// tries again. Pools inside of workers leave it to the outermost program.
final class AotTraining implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(AotTraining.class.getName());

  /// First the pool gets to work: who has only a moment's work is not made to share it.
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LAST_MILLIS = 1000;

  private final WorkerSpec spec;
  private final AotCache cache;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("telar-aot").unstarted(this::make);
  private @Nullable Runnable end;
  private boolean closed;

  private AotTraining(WorkerSpec spec, AotCache cache) {
    this.spec = spec;
    this.cache = cache;
  }

  /// Makes it in a while, if it is to be made.
  ///
  /// @return what ends it; null if there is nothing to do
  static @Nullable AotTraining begin(WorkerSpec spec) {
    AotCache cache = spec.command().cache();
    if (cache == null || Nesting.depth() > 0 || cache.isSettled()) {
      return null;
    }
    var training = new AotTraining(spec, cache);
    var _ = Deadlines.after(PAUSE_NANOS, training::start);
    return training;
  }

  private synchronized void start() {
    if (!closed) {
      thread.start();
    }
  }

  private void make() {
    try {
      boolean made = cache.make(this::rehearse, spec.directory().cookie(), this::endBy);
      LOG.log(DEBUG, "the AOT cache of workers was {0}made", made ? "" : "not ");
    } catch (IOException | RuntimeException e) {
      LOG.log(DEBUG, "the AOT cache of workers cannot be made", e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }

  private boolean rehearse(JavaCommand command) throws InterruptedException {
    var worker =
        new SingleProcess(
            "telar-aot", new Rehearsal(), true, packing -> spec.asSilent(command, packing));
    worker.start();
    endBy(worker::kill);
    worker.join();
    return worker.exitCode().orElse(1) == 0;
  }

  private synchronized void endBy(Runnable how) {
    end = how;
    if (closed) {
      how.run();
    }
  }

  /// Ends what is under way, and waits until its files are gone, too.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (end != null) {
        end.run();
      }
    }
    try {
      thread.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
