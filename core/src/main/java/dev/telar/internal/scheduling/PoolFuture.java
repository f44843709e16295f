package dev.telar.internal.scheduling;

import dev.telar.Action;
import dev.telar.TaskFuture;
import dev.telar.TaskOptions;
import dev.telar.TaskProgress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The future of a task.
///
/// A [CompletableFuture] runs its dependents in the thread that completes it, and wakes the threads
/// that wait in `get` by the same walk over its stack of dependents, in no useful order. Both would
/// let a user's callback stall a thread of the pool, or the caller of `get`. So there are two
/// steps:
///
/// ```
///   decide    one CAS of `outcome`: who completes first wins; get, join, isDone… look only here
///   publish   super.complete(…): runs the dependents; on a virtual thread if there are any
/// ```
///
/// Whether there are any must not be guessed: a callback registered between the question and
/// `super.complete` would run here. Every method that registers a dependent calls
/// [#newIncompleteFuture()] (or [#toCompletableFuture()] of its argument) first; that hook sets
/// `observed` and then, if the outcome is decided, waits until it is published. The completing
/// thread sets the outcome and then reads `observed`. One of the two sees the other (Dekker), so a
/// dependent is either published on a virtual thread or finds the future complete and runs where it
/// was registered. Only the static `allOf` and `anyOf` bypass the hook; for them the number of
/// dependents is asked, which leaves a gap of some nanoseconds in which *their* dependents could
/// run here.
///
/// @param <T> the type of the result
public class PoolFuture<T extends @Nullable Object> extends TaskFuture<T>
    implements RunnableFuture<T> {

  private static final VarHandle OUTCOME;
  private static final VarHandle JOB;

  static {
    try {
      var lookup = MethodHandles.lookup();
      OUTCOME = lookup.findVarHandle(PoolFuture.class, "outcome", Outcome.class);
      JOB = lookup.findVarHandle(PoolFuture.class, "job", TaskJob.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Outcome(@Nullable Object value, @Nullable Throwable error) {}

  private final SchedulerPool pool;
  private final Object task;
  private final TaskOptions options;
  private final long number;
  private final @Nullable Object fixedResult;
  private final WaitingThreads waiting = new WaitingThreads();
  private volatile @Nullable Outcome outcome;
  private volatile boolean observed;
  private volatile boolean published;
  private volatile @Nullable TaskJob job;

  /// A future that is not submitted yet.
  ///
  /// @param task a `Callable` or a `Runnable`
  /// @param number its running number in the pool
  /// @param fixedResult the result, if the task is a `Runnable`
  PoolFuture(
      SchedulerPool pool,
      Object task,
      TaskOptions options,
      long number,
      @Nullable Object fixedResult) {
    this.pool = pool;
    this.task = task;
    this.options = options;
    this.number = number;
    this.fixedResult = fixedResult;
  }

  Object task() {
    return task;
  }

  TaskOptions options() {
    return options;
  }

  /// Gives this future its job.
  ///
  /// @return false if it has one: it was submitted before
  boolean bind(TaskJob job) {
    return JOB.compareAndSet(this, null, job);
  }

  @Override
  public String name() {
    String given = options.name();
    return given != null ? given : pool.name() + "-task-" + number;
  }

  @Override
  public Optional<TaskProgress> progress() {
    TaskJob bound = job;
    return bound == null || isDone() ? Optional.empty() : Optional.ofNullable(bound.progress());
  }

  /// The task as it was submitted.
  Runnable original() {
    return switch (task) {
      case RunOnly wrapper -> wrapper.task();
      case Runnable runnable -> runnable;
      default -> this;
    };
  }

  /// For [java.util.concurrent.ExecutorCompletionService], which wraps this future in a task of its
  /// own that cannot travel: hands the task to the pool and waits for its end.
  @Override
  public void run() {
    if (!isDone() && job == null) {
      try {
        pool.dispatchAccepted(this);
      } catch (RuntimeException e) {
        settle(null, e);
      }
    }
    waiting.awaitUninterruptibly(this::isDone);
  }

  /// Runs the task in the calling thread.
  void runHere(TaskCounts counts) {
    if (isDone() || job != null) { // completed or submitted before
      return;
    }
    Object value = null;
    Throwable error = null;
    counts.submitted.increment();
    try {
      if (task instanceof Callable<?> callable) {
        value = callable.call();
      } else if (task instanceof Action action) {
        action.act();
      } else {
        ((Runnable) task).run();
      }
    } catch (Throwable e) {
      error = e;
    }
    (error == null ? counts.completed : counts.failed).increment();
    settle(value, error);
  }

  // Completion by the pool.

  /// Completes this future from a thread of the pool: no dependent runs in it.
  ///
  /// @return whether it was open
  boolean settle(@Nullable Object value, @Nullable Throwable error) {
    boolean fixed = error == null && !(task instanceof Callable<?>);
    var decided = new Outcome(fixed ? fixedResult : value, error);
    if (!OUTCOME.compareAndSet(this, null, decided)) {
      return false;
    }
    if (observed || getNumberOfDependents() > 0) {
      published = true;
      Callbacks.run(() -> publish(decided));
    } else {
      publish(decided);
      published = true;
    }
    waiting.wake();
    return true;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is the task's own result
  private void publish(Outcome decided) {
    if (decided.error != null) {
      super.completeExceptionally(decided.error);
    } else {
      super.complete((T) decided.value);
    }
  }

  // Completion from outside: ends the task.

  private boolean completeFromOutside(Outcome wanted, boolean interrupt) {
    if (!OUTCOME.compareAndSet(this, null, wanted)) {
      return false;
    }
    published = true;
    endTask(interrupt);
    waiting.wake();
    publish(wanted);
    return true;
  }

  private void endTask(boolean interrupt) {
    TaskJob bound = job;
    if (bound != null) {
      pool.scheduler().abandon(bound, interrupt);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return completeFromOutside(
            new Outcome(null, new CancellationException()), mayInterruptIfRunning)
        || isCancelled();
  }

  @Override
  public boolean complete(T value) {
    return completeFromOutside(new Outcome(value, null), true);
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    return completeFromOutside(new Outcome(null, Objects.requireNonNull(error)), true);
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    Objects.requireNonNull(supplier);
    executor.execute(
        () -> {
          if (!isDone()) {
            try {
              complete(supplier.get());
            } catch (Throwable e) {
              completeExceptionally(e);
            }
          }
        });
    return this;
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    return completeAsync(supplier, defaultExecutor());
  }

  @Override
  public void obtrudeValue(T value) {
    obtrude(new Outcome(value, null));
    super.obtrudeValue(value);
  }

  @Override
  public void obtrudeException(Throwable error) {
    obtrude(new Outcome(null, Objects.requireNonNull(error)));
    super.obtrudeException(error);
  }

  private void obtrude(Outcome forced) {
    boolean first = outcome == null;
    outcome = forced;
    published = true;
    if (first) {
      endTask(true);
      waiting.wake();
    }
  }

  // Dependents.

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    observe();
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<T> toCompletableFuture() {
    observe();
    return this;
  }

  @Override
  public CompletionStage<T> minimalCompletionStage() {
    observe();
    return super.minimalCompletionStage();
  }

  private void observe() {
    observed = true;
    if (outcome != null) {
      while (!published) {
        Thread.onSpinWait(); // the completing thread is some instructions away from it
      }
    }
  }

  // Reading: only the outcome counts.

  @Override
  public boolean isDone() {
    return outcome != null;
  }

  @Override
  public boolean isCompletedExceptionally() {
    Outcome decided = outcome;
    return decided != null && decided.error != null;
  }

  @Override
  public boolean isCancelled() {
    Outcome decided = outcome;
    return decided != null && decided.error instanceof CancellationException;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (outcome == null) {
      waiting.await(this::isDone);
    }
    return got();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (outcome == null && !waiting.await(this::isDone, unit.toNanos(timeout))) {
      throw new TimeoutException();
    }
    return got();
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is the task's own result
  private T got() throws ExecutionException {
    Outcome decided = Objects.requireNonNull(outcome);
    if (decided.error instanceof CancellationException cancelled) {
      throw cancelled;
    }
    if (decided.error != null) {
      throw executionException(unwrapped(decided.error));
    }
    return (T) decided.value;
  }

  /// Exceptions ask their cause for its text when they are made, and that is the user's code.
  private static ExecutionException executionException(Throwable cause) {
    try {
      return new ExecutionException(cause);
    } catch (RuntimeException | Error e) {
      return new ExecutionException(cause.getClass().getName(), cause);
    }
  }

  private static CompletionException completionException(Throwable cause) {
    try {
      return new CompletionException(cause);
    } catch (RuntimeException | Error e) {
      return new CompletionException(cause.getClass().getName(), cause);
    }
  }

  @Override
  public T join() {
    if (outcome == null) {
      waiting.awaitUninterruptibly(this::isDone);
    }
    return joined();
  }

  @Override
  public T getNow(T absent) {
    return outcome == null ? absent : joined();
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is the task's own result
  private T joined() {
    Outcome decided = Objects.requireNonNull(outcome);
    if (decided.error instanceof CancellationException cancelled) {
      throw cancelled;
    }
    if (decided.error instanceof CompletionException completion) {
      throw completion;
    }
    if (decided.error != null) {
      throw completionException(decided.error);
    }
    return (T) decided.value;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the value is the task's own result
  public T resultNow() {
    Outcome decided = outcome;
    if (decided == null) {
      throw new IllegalStateException("Task has not completed");
    }
    if (decided.error != null) {
      throw new IllegalStateException(
          isCancelled() ? "Task was cancelled" : "Task completed with exception");
    }
    return (T) decided.value;
  }

  @Override
  public Throwable exceptionNow() {
    Outcome decided = outcome;
    if (decided == null) {
      throw new IllegalStateException("Task has not completed");
    }
    if (decided.error == null) {
      throw new IllegalStateException("Task completed with a result");
    }
    if (isCancelled()) {
      throw new IllegalStateException("Task was cancelled");
    }
    return unwrapped(decided.error);
  }

  @Override
  public State state() {
    Outcome decided = outcome;
    if (decided == null) {
      return State.RUNNING;
    }
    if (decided.error == null) {
      return State.SUCCESS;
    }
    return isCancelled() ? State.CANCELLED : State.FAILED;
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : null;
    return cause != null ? cause : error;
  }

  @Override
  public String toString() {
    Outcome decided = outcome;
    String state =
        decided == null
            ? "not completed"
            : decided.error == null ? "completed" : "failed: " + decided.error;
    return "TaskFuture[" + name() + ", " + state + "]";
  }
}
