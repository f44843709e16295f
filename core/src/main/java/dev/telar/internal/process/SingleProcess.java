package dev.telar.internal.process;

import dev.telar.Action;
import dev.telar.ProcessPool;
import dev.telar.Worker;
import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.EndSignals;
import dev.telar.internal.scheduling.Unchecked;
import dev.telar.internal.system.ExitStatus;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A single named process that runs one action as its `main`.
///
/// The thread that listens to a user's process is no daemon: this JVM does not end before its
/// workers, as it does not before its threads.
public final class SingleProcess implements Worker {

  private static final System.Logger LOG = System.getLogger(SingleProcess.class.getName());

  private final String name;
  private final boolean background;
  private final Function<Packing, WorkerSpec> specs;
  private final Packing packing = new Packing();
  private final Encoded action;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final EndSignals endSignals = new EndSignals();
  private volatile @Nullable WorkerProcess process;
  private volatile @Nullable Integer exitCode;

  public SingleProcess(String name, Action action) {
    this(
        name,
        action,
        false,
        packing ->
            WorkerSpec.forPool(ProcessPool.builder().name(name).workers(1).config(), packing));
  }

  /// A process of Telar's own.
  ///
  /// @param background whether this JVM may end before it, and end it
  /// @param specs how it is started
  SingleProcess(
      String name, Action action, boolean background, Function<Packing, WorkerSpec> specs) {
    this.name = name;
    this.background = background;
    this.specs = specs;
    this.action = packing.task(action);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Worker start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("worker " + name + " was started before");
    }
    WorkerSpec spec = null;
    try {
      spec = specs.apply(packing);
      process = WorkerProcess.start(spec.asSingle(), name);
      startListening(spec);
      return this;
    } catch (Throwable e) {
      giveUp(spec);
      throw e instanceof StartFailure failure ? failure.error() : Unchecked.sneaky(e);
    }
  }

  private void giveUp(@Nullable WorkerSpec spec) {
    WorkerProcess begun = process;
    if (begun != null) {
      begun.kill();
    }
    if (spec != null) {
      spec.directory().release();
    }
    end();
  }

  private void startListening(WorkerSpec spec) {
    Thread.ofPlatform().name(name).daemon(background).start(() -> live(spec));
  }

  private void live(WorkerSpec spec) {
    WorkerProcess worker = Objects.requireNonNull(process);
    Runnable onShutdown = worker::kill;
    spec.directory().onShutdown(onShutdown);
    try {
      worker.awaitReady();
      run(worker);
    } catch (StartFailure e) {
      LOG.log(background ? Level.DEBUG : Level.ERROR, e.error().getMessage());
    } catch (IOException | RuntimeException e) {
      // the connection broke: as good as its end
    } catch (InterruptedException e) {
      worker.kill();
    } finally {
      end(worker);
      spec.directory().removeOnShutdown(onShutdown);
      spec.directory().release();
      end();
    }
  }

  private void run(WorkerProcess worker) throws IOException {
    var header = new Output(16);
    header.writeLong(1);
    header.writeInt(0);
    header.writeInt(action.loader());
    header.writeInt(0); // no state
    worker.page().send(0, 1);
    worker.work().add(FrameType.TASK, List.of(header, action.bytes()));
    worker.work().flush();
    for (Frame frame; (frame = worker.reader().read()) != null; ) {
      if (frame.type() == FrameType.CLASS_REQUEST) {
        worker.answer(frame);
      }
    }
  }

  private void end() {
    ended.countDown();
    endSignals.fire();
  }

  private void end(WorkerProcess worker) {
    try {
      ExitStatus status = worker.bury();
      exitCode = status.pythonic();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }

  private void checkStarted() {
    if (!started.get()) {
      throw new IllegalStateException("worker " + name + " was not started");
    }
  }

  @Override
  public void join() throws InterruptedException {
    checkStarted();
    ended.await();
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    checkStarted();
    return ended.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isAlive() {
    return started.get() && ended.getCount() > 0;
  }

  @Override
  public boolean isReady() {
    return ended.getCount() == 0;
  }

  @Override
  public Runnable onReady(Runnable signal) {
    return endSignals.add(signal);
  }

  @Override
  public OptionalLong pid() {
    WorkerProcess current = process;
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.pid());
  }

  @Override
  public OptionalInt exitCode() {
    Integer code = exitCode;
    return code == null || ended.getCount() > 0 ? OptionalInt.empty() : OptionalInt.of(code);
  }

  @Override
  public void terminate() {
    WorkerProcess current = process;
    if (current != null) {
      current.terminate();
    }
  }

  @Override
  public void kill() {
    WorkerProcess current = process;
    if (current != null) {
      current.kill();
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    while (started.get() && ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        interrupted = true;
        kill();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    OptionalInt code = exitCode();
    String state =
        code.isPresent() ? "ended with " + code.getAsInt() : isAlive() ? "alive" : "not started";
    String id = pid().isPresent() ? ", pid " + pid().getAsLong() : "";
    return "Worker[" + name + ", process" + id + ", " + state + "]";
  }
}
