package dev.telar.internal.scheduling;

import dev.telar.TaskProgress;
import org.jspecify.annotations.Nullable;

/// A place where jobs run: a thread, all virtual threads, or a child JVM.
///
/// A slot *pulls*: whenever it has room it calls [Scheduler#next(Slot, boolean)] until that returns
/// null, which also registers it to be woken. Every job it got it ends by exactly one call of the
/// job's `succeed`, `fail`, `lost`, … followed by [Scheduler#ended(Job)], or gives it back.
public interface Slot {

  /// There may be work: pull. Called by whoever brought the work, with no lock held; must not block
  /// and must not run user code.
  void wake();

  /// What to call it: the name of the thread or process.
  default String name() {
    return toString();
  }

  /// Ends a job of this slot whose result nobody wants any more. Does nothing if the job is not
  /// here any more.
  ///
  /// @param interrupt whether a running job is to be stopped; else it may finish
  void cancel(Job job, boolean interrupt);

  /// The job, or the item of it that is late ([Job#lateItem]), has exceeded a time limit: stop it,
  /// and tell it where it was ([Job#seen]).
  ///
  /// @return whether an item that ends by itself before it is stopped is followed by the next,
  ///   whose limits are to be watched
  boolean timeOut(Job job);

  /// When the job, or the item of it that runs now, was started.
  ///
  /// @return [System#nanoTime()] of the start, or 0 if it is not running
  long startedNanos(Job job);

  /// Which item of a chunk runs now, from 0.
  default int item(Job job) {
    return 0;
  }

  /// Whether the job has ended by itself and only its result is still on the way: it cannot exceed
  /// a limit any more.
  default boolean hasReturned(Job job) {
    return false;
  }

  /// When the job that runs last reported how far it is.
  ///
  /// @return [System#nanoTime()], or 0 if it has not
  default long reportedNanos(Job job) {
    return 0;
  }

  /// How far the job is, as it last reported; null if it has not, or does not run.
  default @Nullable TaskProgress progress(Job job) {
    return null;
  }

  /// How long before a time limit [#warn(Job)] is to be called; 0 for not at all.
  default long warningNanos() {
    return 0;
  }

  /// The job is about to exceed a time limit: find out where it is, if there will be no time for
  /// that at the limit.
  default void warn(Job job) {}

  /// Whether [#giveBack()] may find a job. Takes no lock: it is asked under the scheduler's.
  default boolean mayGiveBack() {
    return true;
  }

  /// Takes back a job that waits in this slot behind another one, because a slot with nothing to do
  /// asks for it. What remains is as much as this slot can run at once: so it does not go round
  /// between slots that are about to start it, and there will be a result on which this slot pulls.
  ///
  /// @return a job that has not been started and will not be started here, or null
  default @Nullable Job giveBack() {
    return null;
  }

  /// Takes back any job that has not been started, because the pool is stopped.
  ///
  /// @return a job that will not be started here, or null
  default @Nullable Job giveUp() {
    return null;
  }
}
