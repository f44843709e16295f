package dev.telar.internal.threads;

import dev.telar.PendingLimit;
import dev.telar.PoolListener;
import dev.telar.TaskOptions;
import dev.telar.ThreadPool;
import dev.telar.internal.scheduling.Engine;
import dev.telar.internal.scheduling.SchedulerPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pool of threads of this JVM, or a view of one.
public final class LocalPool extends SchedulerPool implements ThreadPool {

  public LocalPool(
      String name,
      Engine engine,
      TaskOptions options,
      @Nullable PendingLimit limit,
      List<PoolListener> listeners) {
    super(name, engine, options, limit, listeners);
  }

  private LocalPool(LocalPool base, TaskOptions options) {
    super(base, options);
  }

  @Override
  public ThreadPool with(TaskOptions options) {
    return new LocalPool(this, options);
  }
}
