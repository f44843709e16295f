package dev.telar.testing;

import dev.telar.Pool;
import dev.telar.ProcessPool;

/// The implementations of [Pool] that keep one contract.
public enum Engine {
  THREADS(2) {
    @Override
    public Pool open() {
      return Pool.threads(2);
    }
  },
  VIRTUAL_THREADS(Integer.MAX_VALUE) {
    @Override
    public Pool open() {
      return Pool.virtualThreads();
    }
  },
  PROCESSES(2) {
    @Override
    public Pool open() {
      return Pool.processes(2);
    }
  },
  PROCESSES_WITH_THREADS(4) {
    @Override
    public Pool open() {
      return ProcessPool.builder().workers(2).threadsPerWorker(2).build();
    }
  };

  private final int parallelism;

  Engine(int parallelism) {
    this.parallelism = parallelism;
  }

  /// A new pool of this engine.
  public abstract Pool open();

  /// How many tasks run at once.
  public int parallelism() {
    return parallelism;
  }

  /// Whether a task can be made to wait: false if each gets a thread at once.
  public boolean queues() {
    return this != VIRTUAL_THREADS;
  }

  /// Whether tasks run in other JVMs.
  public boolean isolated() {
    return this == PROCESSES || this == PROCESSES_WITH_THREADS;
  }
}
