package dev.telar.internal.scheduling;

import dev.telar.TaskOptions;
import org.jspecify.annotations.Nullable;

/// The future behind `execute`, which nobody sees: an error goes to the uncaught-exception handler.
final class UnobservedFuture extends PoolFuture<@Nullable Object> {

  UnobservedFuture(SchedulerPool pool, Runnable task, TaskOptions options, long number) {
    super(pool, task, options, number, null);
  }

  @Override
  boolean settle(@Nullable Object value, @Nullable Throwable error) {
    boolean first = super.settle(value, error);
    if (first && error != null && !isCancelled()) {
      Callbacks.run(() -> uncaught(error));
    }
    return first;
  }

  private void uncaught(Throwable error) {
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    if (handler != null) {
      handler.uncaughtException(thread, error);
    } else {
      thread.getThreadGroup().uncaughtException(thread, error);
    }
  }
}
