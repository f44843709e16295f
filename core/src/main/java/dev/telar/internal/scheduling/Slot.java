package dev.telar.internal.scheduling;

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

  /// Ends a job of this slot whose result nobody wants any more. Does nothing if the job is not
  /// here any more.
  ///
  /// @param interrupt whether a running job is to be stopped; else it may finish
  void cancel(Job job, boolean interrupt);

  /// The job has run for longer than its limit: stop it.
  void timeOut(Job job);

  /// When the job, or the item of it that runs now, was started.
  ///
  /// @return [System#nanoTime()] of the start, or 0 if it is not running
  long startedNanos(Job job);

  /// Takes back a job that waits in this slot behind another one, because a slot with nothing to do
  /// asks for it.
  ///
  /// @return a job that has not been started and will not be started here, or null
  default @Nullable Job giveBack() {
    return null;
  }
}
