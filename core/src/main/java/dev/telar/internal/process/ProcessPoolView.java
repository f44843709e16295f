package dev.telar.internal.process;

import dev.telar.ProcessPool;
import dev.telar.ProcessPoolConfig;
import dev.telar.TaskOptions;
import dev.telar.internal.scheduling.SchedulerPool;
import java.time.Duration;
import java.util.List;

/// A pool of worker processes, or a view of one.
public final class ProcessPoolView extends SchedulerPool implements ProcessPool {

  private final ProcessEngine engine;
  private final ProcessPoolConfig config;

  public ProcessPoolView(ProcessPoolConfig config, ProcessEngine engine) {
    super(config.name(), engine, limits(config), config.pendingLimit(), config.listeners());
    this.engine = engine;
    this.config = config;
  }

  private static TaskOptions limits(ProcessPoolConfig config) {
    TaskOptions options = TaskOptions.defaults();
    Duration time = config.taskTimeout();
    options = time == null ? options : options.timeout(time);
    Duration progress = config.progressTimeout();
    return progress == null ? options : options.progressTimeout(progress);
  }

  private ProcessPoolView(ProcessPoolView base, TaskOptions options) {
    super(base, options);
    this.engine = base.engine;
    this.config = base.config;
  }

  @Override
  public ProcessPool with(TaskOptions options) {
    return new ProcessPoolView(this, options);
  }

  @Override
  public List<Long> pids() {
    return engine.pids();
  }

  @Override
  public ProcessPoolConfig config() {
    return config;
  }
}
