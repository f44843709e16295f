package dev.telar.internal.worker;

import dev.telar.Action;
import dev.telar.StatefulTask;
import dev.telar.TaskFunction;
import dev.telar.internal.bulk.AttachedSegments;
import dev.telar.internal.codec.ClassTable;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Encoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.MessageTooLargeException;
import dev.telar.internal.codec.Output;
import dev.telar.internal.state.StateInstances.Instance;
import dev.telar.internal.system.Nesting;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import dev.telar.internal.wire.StatusPage;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a job thread does: read a job, claim it, run it, write its result, before it claims the
/// next. The thread that runs a job is the one that read it from the socket, so that no hand-over
/// costs time; with several job threads they take turns at reading.
///
/// A result is written before the next job is claimed: if the process dies, what it had finished is
/// known, and what it was running is to blame.
final class JobLoop implements Runnable {

  /// Most results are numbers, strings and small records: more room is made when it is needed.
  private static final int SMALL_RESULT = 64;

  private final FrameReader work;
  private final FrameWriter out;
  private final StatusPage page;
  private final ClassTable classes;
  private final Encoder encoder;
  private final Decoder decoder;
  private final RemoteClasses remote;
  private final RunningJobs running;
  private final WorkerStates states;
  private final Upkeep upkeep;
  private final boolean alone;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<Integer, ShippedFunction> functions = new ConcurrentHashMap<>();

  /// A loop for one or several threads.
  ///
  /// @param alone whether one thread only will run it
  JobLoop(
      FrameReader work,
      FrameWriter out,
      StatusPage page,
      ClassTable classes,
      Encoder encoder,
      Decoder decoder,
      RemoteClasses remote,
      RunningJobs running,
      WorkerStates states,
      Upkeep upkeep,
      boolean alone) {
    this.work = work;
    this.out = out;
    this.page = page;
    this.classes = classes;
    this.encoder = encoder;
    this.decoder = decoder;
    this.remote = remote;
    this.running = running;
    this.states = states;
    this.upkeep = upkeep;
    this.alone = alone;
  }

  /// Works until the parent has no more. A job thread that fails for whatever reason, for instance
  /// because there is no memory for a frame, ends the process: half-alive it would keep what was
  /// sent to it waiting for ever.
  @Override
  public void run() {
    var progress = new PageProgress(page);
    progress.bind();
    if (alone) {
      progress.bindForAll();
    }
    try {
      for (Frame job; (job = nextJob()) != null; ) {
        run(job, progress);
      }
    } catch (IOException e) {
      // the parent is gone or the control thread, which ends this process, has closed the socket
    } catch (Throwable e) {
      die(e);
    }
    states.endOwn();
    await();
  }

  private void die(Throwable why) {
    try {
      if (OutOfMemory.isBehind(why)) {
        page.markOutOfMemory();
      }
      why.printStackTrace();
    } catch (Throwable e) {
      // there may be no descriptor left to load a class from, and no memory to say so
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void await() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      // this process is about to end
    }
  }

  /// Runs a single action as if it were `main`.
  void runOne() throws Exception {
    Frame frame = nextJob();
    if (frame == null) {
      return;
    }
    Input body = frame.body();
    long job = body.readLong();
    if (page.claim(body.readInt(), job)) {
      ClassLoader loader = remote.loader(body.readInt());
      var _ = body.readInt(); // no state
      var action = (Action) Objects.requireNonNull(read(body, loader));
      action.act();
    }
  }

  /// The next frame that is a job; what comes before it is taken in on the way.
  private @Nullable Frame nextJob() throws IOException {
    turn.lock();
    try {
      for (Frame frame; (frame = work.read()) != null; ) {
        Input body = frame.body();
        switch (frame.type()) {
          case TASK, CHUNK -> {
            return frame;
          }
          case CLASSES -> classes.define(body);
          case STATE -> states.define(body.readInt(), body);
          case FUNCTION ->
              functions.put(
                  body.readInt(),
                  new ShippedFunction(
                      remote.loader(body.readInt()), body.readInt(), body, decoder));
          case FORGET -> forget(body.readInt());
          case WARM_UP -> warmUp(body);
          default -> {} // of a later version
        }
      }
      return null;
    } finally {
      turn.unlock();
    }
  }

  private void warmUp(Input body) {
    try {
      ClassLoader loader = remote.loader(body.readInt());
      encoder.encode(call(read(body, loader)), new Output());
    } catch (Exception e) {
      // the first real task will tell what is wrong
    }
  }

  private void forget(int id) {
    if (functions.remove(id) == null) {
      states.forget(id);
    }
  }

  private void run(Frame frame, PageProgress progress) throws IOException {
    Input body = frame.body();
    long job = body.readLong();
    int entry = body.readInt();
    RunningJobs.Running current = running.begin(job);
    try {
      if (upkeep.isSpent() || page.outOfMemory() || !page.claim(entry, job)) {
        return; // taken back, or about to be
      }
      progress.begin(entry);
      if (frame.type() == FrameType.TASK) {
        runTask(job, entry, body, progress);
      } else {
        runChunk(job, entry, body, current, progress);
      }
    } finally {
      running.end(job);
    }
  }

  private void runTask(long job, int entry, Input body, PageProgress progress) throws IOException {
    long start = System.nanoTime();
    var result = new Output(SMALL_RESULT);
    var times = new PhaseTimes();
    Instance state = null;
    Throwable failure = null;
    try {
      ClassLoader loader = remote.loader(body.readInt());
      int id = body.readInt();
      if (id != 0) {
        state = states.take(id, entry, job);
        start = System.nanoTime();
      }
      times.begin();
      Object task = read(body, loader);
      times.decoded();
      Object value = state == null ? call(task) : call(task, state);
      times.computed();
      encoder.encode(value, result);
      times.encoded();
    } catch (Throwable e) {
      failure = e;
    } finally {
      leave(job, state, progress);
    }
    times.enter(page, System.nanoTime() - start, 1);
    if (failure != null) {
      fail(job, entry, start, failure);
      return;
    }
    try {
      page.done(entry, job);
      send(FrameType.RESULT, header(job, start, result), result);
    } catch (MessageTooLargeException e) {
      result.releaseLoans();
      fail(job, entry, start, e);
    }
  }

  /// The user's code has returned, and the result is not written yet.
  @SuppressWarnings("ThreadPriorityCheck") // it was the task that set another one
  private void leave(long job, @Nullable Instance state, PageProgress progress) throws IOException {
    progress.end();
    if (Thread.currentThread().getPriority() != Thread.NORM_PRIORITY) {
      Thread.currentThread().setPriority(Thread.NORM_PRIORITY);
    }
    if (state != null) {
      state.giveBack();
    }
    running.end(job); // the last of several that end at once looks after the worker
    upkeep.after(job);
  }

  private void fail(long job, int entry, long start, Throwable e) throws IOException {
    boolean outOfMemory = outOfMemory(e);
    upkeep.afterFailure(job);
    var error = new Output();
    Failures.encode(e, encoder, error);
    Output header = header(job, start, error);
    header.writeBoolean(outOfMemory);
    page.done(entry, job);
    send(FrameType.FAILURE, header, error);
  }

  /// Writes an answer. Its large values are the parent's from then on, to read and to give back.
  private void send(FrameType type, Output... parts) throws IOException {
    out.write(type, parts);
    for (Output part : parts) {
      part.handOverLoans();
    }
  }

  /// If there was no memory for a task, this process takes no other one: nobody knows what is
  /// broken in it. The parent replaces it.
  private boolean outOfMemory(Throwable e) {
    boolean outOfMemory = OutOfMemory.isBehind(e);
    if (outOfMemory) {
      page.markOutOfMemory();
    }
    return outOfMemory;
  }

  private @Nullable Object read(Input body, ClassLoader loader) throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    Nesting.beginReading();
    try {
      return decoder.decode(body, loader);
    } finally {
      Nesting.endReading();
    }
  }

  private @Nullable Object readItem(Input body, ClassLoader loader) throws Exception {
    return Decoder.isPlain(body) ? decoder.decode(body, loader) : read(body, loader);
  }

  @SuppressWarnings("unchecked") // the parent sends tasks and states that belong together
  private static @Nullable Object call(@Nullable Object task, Instance state) throws Exception {
    if (task == null) {
      throw new IllegalStateException("no task");
    }
    return ((StatefulTask<@Nullable Object, @Nullable Object>) task).call(state.value());
  }

  private static @Nullable Object call(@Nullable Object task) throws Exception {
    // No switch: its first use costs a starting worker 5 ms.
    if (task instanceof Callable<?> callable) {
      return callable.call();
    }
    if (task instanceof Action action) {
      action.act();
    } else if (task instanceof Runnable runnable) {
      runnable.run();
    } else {
      throw new IllegalStateException("not a task: " + task);
    }
    return null;
  }

  private static Output header(long job, long start, Output... content) {
    var header = new Output(32);
    header.writeLong(job);
    header.writeLong(System.nanoTime() - start);
    AttachedSegments.write(header, content);
    return header;
  }

  private void runChunk(
      long job, int entry, Input body, RunningJobs.Running current, PageProgress progress)
      throws IOException {
    long start = System.nanoTime();
    int id = body.readInt();
    boolean timed = body.readBoolean();
    boolean collects = body.readBoolean();
    int count = body.readInt();
    var results = new Output();
    var times = new PhaseTimes();
    int done = 0;
    int failures = 0;
    Throwable failure = null;
    Instance state = null;
    try {
      ShippedFunction function = functions.get(id);
      if (function == null) {
        throw new IllegalStateException("function " + id + " was not sent");
      }
      if (function.state() != 0) {
        state = states.take(function.state(), entry, job);
        start = System.nanoTime();
      }
      TaskFunction<@Nullable Object, @Nullable Object> f = function.get(state);
      ClassLoader loader = function.loader();
      for (; done < count; done++) {
        if (timed) {
          running.starts(current, done);
        }
        restoreThread(loader);
        if (current.stopped()) {
          throw new CancellationException();
        }
        if (timed) {
          page.started(entry);
        }
        page.item(entry, done);
        PhaseTimes taken = PhaseTimes.isSampled(done) ? times : null;
        if (!collects) {
          apply(f, body, loader, results, taken);
        } else if (!collect(f, body, loader, current, results, taken)) {
          failures++;
        }
      }
    } catch (Throwable e) {
      failure = e;
    } finally {
      leave(job, state, progress);
    }
    times.enter(page, System.nanoTime() - start, done + (failure == null ? 0 : 1));
    writeChunk(job, entry, start, current.stopped(), done, failures, results, failure);
  }

  private void apply(
      TaskFunction<@Nullable Object, @Nullable Object> function,
      Input body,
      ClassLoader loader,
      Output results,
      @Nullable PhaseTimes times)
      throws Exception {
    if (times == null) {
      encoder.encode(function.apply(readItem(body, loader)), results);
    } else {
      times.begin();
      Object item = readItem(body, loader);
      times.decoded();
      Object value = function.apply(item);
      times.computed();
      encoder.encode(value, results);
      times.encoded();
    }
  }

  /// What an item has done to the thread is not for the next one. An interrupt by the parent is not
  /// lost: it comes after the mark that is looked at next.
  private static void restoreThread(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    if (!loader.equals(thread.getContextClassLoader())) {
      thread.setContextClassLoader(loader);
    }
    var _ = Thread.interrupted();
  }

  /// Runs one item, whose failure is a result like others: a mark, and then the value or the error.
  ///
  /// @return whether it is a value
  private boolean collect(
      TaskFunction<@Nullable Object, @Nullable Object> function,
      Input body,
      ClassLoader loader,
      RunningJobs.Running current,
      Output results,
      @Nullable PhaseTimes times)
      throws Exception {
    int start = results.size();
    try {
      results.writeBoolean(false);
      apply(function, body, loader, results, times);
      return true;
    } catch (Throwable e) {
      results.truncate(start);
      if (current.stopped() || OutOfMemory.isBehind(e)) {
        throw e; // it was interrupted, and the parent knows why; or this process is to end
      }
      results.writeBoolean(true);
      Failures.encode(e, encoder, results);
      return false;
    }
  }

  private void writeChunk(
      long job,
      int entry,
      long start,
      boolean stopped,
      int done,
      int failures,
      Output results,
      @Nullable Throwable failure)
      throws IOException {
    if (failure != null || failures > 0) {
      upkeep.afterFailure(job);
    }
    boolean outOfMemory = failure != null && outOfMemory(failure);
    var error = new Output();
    if (failure != null) {
      Failures.encode(failure, encoder, error);
    }
    Output header = header(job, start, results, error);
    header.writeInt(done);
    header.writeBoolean(failure != null);
    header.writeBoolean(outOfMemory);
    header.writeInt(failures);
    header.writeBoolean(stopped);
    page.done(entry, job);
    send(FrameType.CHUNK_RESULT, header, results, error);
  }
}
