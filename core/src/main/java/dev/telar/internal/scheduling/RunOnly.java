package dev.telar.internal.scheduling;

import java.io.Serializable;
import java.util.concurrent.Callable;

/// A task that was submitted as a [Runnable] and happens to be a `Callable` as well: only `run` is
/// meant.
///
/// @param task the task
public record RunOnly(Runnable task) implements Runnable, Serializable {

  /// The same task, as something that can only be run.
  static Runnable of(Runnable task) {
    return task instanceof Callable<?> ? new RunOnly(task) : task;
  }

  @Override
  public void run() {
    task.run();
  }
}
