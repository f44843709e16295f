package dev.telar;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The future of a task that was given to a [Pool].
///
/// It is a [CompletableFuture], with two promises of its own:
///
/// - **Any completion from outside ends the task.** [#cancel(boolean)], [#complete(Object)],
///   [#completeExceptionally(Throwable)], [#orTimeout], [#completeOnTimeout] and their kin take a
///   waiting task out of its queue and stop a running one: a thread is interrupted; a worker
///   process is interrupted and, if the task has not ended within the pool's grace period, killed
///   and replaced. Only `cancel(false)` lets a running task finish; its result is dropped.
/// - **No callback runs on a thread that the pool needs.** Dependent stages that were registered
///   before completion run on virtual threads of their own, those registered later in the
///   registering thread, as usual. A callback may block for ever, submit and wait, or close the
///   pool.
///
/// Dependent stages (`thenApply`, …) are plain [CompletableFuture]s: completing one of them does
/// not end the task. Actions of the task happen-before actions that follow the return of [#get()]
/// or [#join()], on processes as well as on threads, but objects that travelled are copies.
///
/// If the worker process dies while it runs the task, the future fails with
/// [WorkerCrashedException], unless [TaskOptions#retries(int)] allows another attempt.
///
/// Instances are made by pools; all methods may be called from any thread, virtual ones included.
///
/// @param <T> the type of the result
public abstract class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  /// For pools only.
  protected TaskFuture() {}

  /// The name of the task, from [TaskOptions#name(String)] or, without one, made from the pool's
  /// name and a running number.
  ///
  /// @return the name as it appears in error messages
  public abstract String name();

  /// How far the running task is, as it last told with [Progress#report(long, long)]. Does not
  /// block; on processes it reads two words of memory that the worker writes.
  ///
  /// @return the last report; empty if the task has made none in this attempt, waits, or has ended
  public abstract Optional<TaskProgress> progress();
}
