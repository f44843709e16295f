package dev.telar.internal.scheduling;

import dev.telar.Action;
import dev.telar.Capabilities;
import dev.telar.Outcomes;
import dev.telar.Pair;
import dev.telar.PendingLimit;
import dev.telar.Pool;
import dev.telar.PoolListener;
import dev.telar.PoolStats;
import dev.telar.StatefulPool;
import dev.telar.Task;
import dev.telar.TaskBiFunction;
import dev.telar.TaskFunction;
import dev.telar.TaskFuture;
import dev.telar.TaskOptions;
import dev.telar.TaskTriFunction;
import dev.telar.Triple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every pool: a scheduler, an engine and the options of this view.
///
/// It extends [AbstractExecutorService] because that is how [ExecutorCompletionService] lets a pool
/// make its futures.
public abstract class SchedulerPool extends AbstractExecutorService implements Pool {

  private static final class Numbers {
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong maps = new AtomicLong();
  }

  private final String name;
  private final Engine engine;
  private final @Nullable Admission admission;
  private final Scheduler scheduler;
  private final TaskOptions options;
  private final Numbers numbers;

  /// A pool over an engine, which is started.
  ///
  /// @param options how its tasks are run where a view says nothing else
  /// @param limit how many tasks may be unfinished, or null for any number
  /// @param listeners are told what happens
  protected SchedulerPool(
      String name,
      Engine engine,
      TaskOptions options,
      @Nullable PendingLimit limit,
      List<PoolListener> listeners) {
    this.name = name;
    this.engine = engine;
    this.admission = limit == null ? null : new Admission(name, limit);
    this.scheduler = new Scheduler(name, engine, admission, new Observation(name, listeners));
    this.options = options;
    this.numbers = new Numbers();
    engine.start(scheduler);
  }

  /// A view of a pool.
  protected SchedulerPool(SchedulerPool base, TaskOptions options) {
    this.name = base.name;
    this.engine = base.engine;
    this.admission = base.admission;
    this.scheduler = base.scheduler;
    this.options = options.over(base.options);
    this.numbers = base.numbers;
  }

  /// The name of the pool.
  public String name() {
    return name;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Engine engine() {
    return engine;
  }

  @Override
  public <S extends @Nullable Object> StatefulPool<S> withState(Task<? extends S> initializer) {
    Objects.requireNonNull(initializer, "initializer");
    return new StatefulView<>(this, new WorkerState(engine, engine.packState(initializer)));
  }

  @Override
  public Capabilities capabilities() {
    return engine.capabilities();
  }

  // Single tasks.

  private <T extends @Nullable Object> PoolFuture<T> future(Object task, @Nullable Object result) {
    return new PoolFuture<>(this, task, options, numbers.tasks.incrementAndGet(), result);
  }

  private <T extends @Nullable Object> PoolFuture<T> dispatch(PoolFuture<T> future) {
    try {
      dispatchIfAdmitted(future);
      return future;
    } catch (RejectedExecutionException e) {
      scheduler.observation().counts().rejected.increment();
      throw e;
    }
  }

  private void dispatchIfAdmitted(PoolFuture<?> future) {
    Admission limit = admission;
    if (limit == null) {
      dispatch(future, null, false);
    } else if (limit.admits(engine.isOwnThread(), !(future.task() instanceof StatefulCall))) {
      var place = new Admission.Place(limit);
      try {
        dispatch(future, place, false);
      } catch (RuntimeException | Error e) {
        place.leave();
        throw e;
      }
    } else {
      scheduler.reserve();
      try {
        future.runHere(scheduler.observation().counts());
      } finally {
        scheduler.unreserve();
      }
    }
  }

  private void dispatch(PoolFuture<?> future, Admission.@Nullable Place place, boolean accepted) {
    var job =
        new TaskJob(
            future, engine.pack(future.task()), future.options(), scheduler.observation(), place);
    if (!future.bind(job)) { // submitted before
      job.leave();
      return;
    }
    try {
      scheduler.submit(job, accepted);
    } catch (RejectedExecutionException e) {
      job.tellRefused();
      throw e;
    }
    if (future.isDone()) { // completed by someone before it was bound
      scheduler.abandon(job, true);
    }
  }

  /// Submits a task that was accepted before.
  void dispatchAccepted(PoolFuture<?> future) {
    dispatch(future, null, true);
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
    return submit((Callable<T>) task);
  }

  @Override
  public TaskFuture<@Nullable Void> submit(Action action) {
    Objects.requireNonNull(action, "action");
    return dispatch(this.<@Nullable Void>future(action, null));
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task) {
    Objects.requireNonNull(task, "task");
    return dispatch(this.<T>future(task, null));
  }

  /// Submits a task that is given a state.
  <T extends @Nullable Object> TaskFuture<T> submit(StatefulCall task) {
    task.state().retain(); // until its job has ended
    boolean submitted = false;
    try {
      TaskFuture<T> future = dispatch(this.<T>future(task, null));
      submitted = true;
      return future;
    } finally {
      if (!submitted) {
        task.state().release();
      }
    }
  }

  @Override
  public TaskFuture<?> submit(Runnable task) {
    Objects.requireNonNull(task, "task");
    return this.<@Nullable Void>dispatch(future(RunOnly.of(task), null));
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result) {
    Objects.requireNonNull(task, "task");
    return dispatch(this.<T>future(RunOnly.of(task), result));
  }

  @Override
  protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
    return future(Objects.requireNonNull(callable), null);
  }

  @Override
  protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable task, T value) {
    return future(RunOnly.of(Objects.requireNonNull(task)), value);
  }

  @Override
  public void execute(Action action) {
    execute((Runnable) action);
  }

  @Override
  public void execute(Runnable command) {
    Objects.requireNonNull(command, "command");
    if (command instanceof PoolFuture<?> future) {
      dispatch(future);
    } else if (command.getClass().getEnclosingClass() == ExecutorCompletionService.class) {
      executeHere(command);
    } else {
      dispatch(
          new UnobservedFuture(
              this, RunOnly.of(command), options, numbers.tasks.incrementAndGet()));
    }
  }

  /// Runs the wrapper of an [ExecutorCompletionService], which submits its task in turn.
  private void executeHere(Runnable wrapper) {
    Admission limit = admission;
    boolean admitted = limit == null || limit.admits(engine.isOwnThread(), true);
    Runnable leave = limit != null && admitted ? limit::leave : () -> {};
    try {
      scheduler.reserve();
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
    Runnable work =
        () -> {
          try {
            wrapper.run();
          } finally {
            scheduler.unreserve();
            leave.run();
          }
        };
    if (admitted) {
      Callbacks.run(work);
    } else {
      work.run(); // the task runs in the pool, and the caller waits for it
    }
  }

  // Many items.

  /// A flow for a function of the user's, or for something of ours around it.
  Flow flow(Object function, Object users, Flow.Delivery delivery, long knownSize) {
    String given = options.name();
    String flowName =
        given != null
            ? given
            : name + (knownSize < 0 ? "-stream-" : "-map-") + numbers.maps.incrementAndGet();
    Object packed = engine.packFunction(function, users);
    if (!(function instanceof StatefulCall call)) {
      return new Flow(scheduler, engine, options, flowName, packed, delivery, knownSize);
    }
    call.state().retain();
    var flow = new Flow(scheduler, engine, options, flowName, packed, delivery, knownSize);
    flow.alsoOnClose(call.state()::release);
    return flow;
  }

  /// Maps a function that may be something of ours around the user's.
  ///
  /// @param collects whether results are outcomes
  <R extends @Nullable Object> List<R> mapOver(
      Object function, Object users, Iterable<?> items, boolean collects) {
    Objects.requireNonNull(users, "fn");
    Collection<?> collection = FlowMap.collected(Objects.requireNonNull(items, "items"));
    int size = collection.size();
    Flow flow = flow(function, users, new Flow.Delivery(false, collects), size);
    return new FlowMap(flow, engine, size).run(scheduler, collection);
  }

  <R extends @Nullable Object> Stream<R> streamOver(
      Object function, Object users, Iterable<?> items, Flow.Delivery delivery) {
    Objects.requireNonNull(users, "fn");
    Objects.requireNonNull(items, "items");
    scheduler.checkAccepting();
    return FlowStream.of(flow(function, users, delivery, -1), scheduler, engine, items);
  }

  <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> gatherer(
      Object function, Object users, boolean collects) {
    Objects.requireNonNull(users, "fn");
    var delivery = new Flow.Delivery(true, collects);
    return FlowGatherer.of(() -> flow(function, users, delivery, -1), scheduler, engine);
  }

  @Override
  public Outcomes outcomes() {
    return new OutcomesView(this);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
    return mapOver(fn, fn, items, false);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> map(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends A> as,
          Iterable<? extends B> bs) {
    return mapOver(Tuples.onPairs(fn), fn, Tuples.zip(as, bs), false);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> starmap(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends Pair<? extends A, ? extends B>> tuples) {
    return mapOver(Tuples.onPairs(fn), fn, tuples, false);
  }

  @Override
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          TaskTriFunction<? super A, ? super B, ? super C, ? extends R> fn,
          Iterable<? extends Triple<? extends A, ? extends B, ? extends C>> tuples) {
    return mapOver(Tuples.onTriples(fn), fn, tuples, false);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> stream(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
    return streamOver(fn, fn, items, new Flow.Delivery(true, false));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> streamUnordered(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
    return streamOver(fn, fn, items, new Flow.Delivery(false, false));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
      TaskFunction<? super A, ? extends R> fn) {
    return gatherer(fn, fn, false);
  }

  // Looking at it.

  @Override
  public PoolStats stats() {
    TaskCounts counts = scheduler.observation().counts();
    return new PoolStats(
        Instant.now(),
        name,
        engine.toString(),
        counts.submitted.sum(),
        counts.completed.sum(),
        counts.failed.sum(),
        counts.timedOut.sum(),
        counts.cancelled.sum(),
        counts.retried.sum(),
        counts.rejected.sum(),
        scheduler.waiting(),
        counts.pending(),
        scheduler.observation().events().dropped(),
        engine.workers());
  }

  @Override
  public String dump() {
    return PoolDump.of(stats(), engine.stacks());
  }

  // Life cycle.

  @Override
  public void shutdown() {
    scheduler.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return scheduler.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return scheduler.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return scheduler.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return scheduler.awaitTermination(timeout, unit);
  }

  @Override
  public void close() {
    if (engine.isOwnThread() && !isTerminated()) {
      throw new IllegalStateException(
          "pool "
              + name
              + " is closed by one of its own tasks, which would wait for itself;"
              + " call shutdown() there, or close the pool outside");
    }
    shutdown();
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        if (!interrupted) {
          interrupted = true;
          var _ = shutdownNow();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    String state = isTerminated() ? "terminated" : isShutdown() ? "shut down" : "open";
    return "Pool[" + name + ", " + engine + ", " + state + "]";
  }
}
