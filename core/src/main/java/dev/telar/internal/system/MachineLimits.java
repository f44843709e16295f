package dev.telar.internal.system;

import java.nio.file.Path;

/// What this program may use of the machine: processors and memory, as the container allows.
public final class MachineLimits {
  /// System property, in bytes, that a worker is started with: the memory that it may count on.
  public static final String MEMORY_LIMIT_PROPERTY = "telar.memory.limit";

  static final long MIB = 1024 * 1024;

  /// What a parent takes besides its heap: metaspace, code cache, threads' stacks, buffers.
  static final long PARENT_RESERVE = 128 * MIB;

  /// The same for each worker, whose class count is usually smaller.
  static final long WORKER_RESERVE = 64 * MIB;

  /// No worker gets less by default: below this a JVM spends its time collecting garbage.
  static final long LEAST_HEAP = 64 * MIB;

  private MachineLimits() {}

  /// Processors that this JVM may use; the JDK already counts container quotas and affinity.
  public static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /// Memory in bytes that this program and its children may use together: the smallest of the
  /// machine's memory, the limits of the control groups we are in, and the bound that a parent
  /// Telar gave us.
  public static long memoryBytes() {
    return Math.min(Machine.MEMORY, Long.getLong(MEMORY_LIMIT_PROPERTY, Long.MAX_VALUE));
  }

  /// The heap in bytes of each of `workers` worker processes when the user does not choose.
  ///
  /// In an ordinary program that is `(limit − our own max heap − reserve) / workers`, where the
  /// reserve is 128 MiB for us and 64 MiB for each worker. In a worker (nested pool), half of its
  /// own max heap is divided among its workers. Never less than 64 MiB, in whole MiB.
  public static long defaultWorkerHeap(int workers) {
    boolean nested = Long.getLong(MEMORY_LIMIT_PROPERTY) != null;
    return workerHeap(workers, memoryBytes(), Runtime.getRuntime().maxMemory(), nested);
  }

  static long workerHeap(int workers, long limit, long ownMaxHeap, boolean nested) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1: " + workers);
    }
    long shared =
        nested ? ownMaxHeap / 2 : limit - ownMaxHeap - PARENT_RESERVE - workers * WORKER_RESERVE;
    return Math.max(LEAST_HEAP, shared / workers / MIB * MIB);
  }

  /// Read once: neither limit changes often enough to be worth a file read for every pool.
  private static final class Machine {
    static final long MEMORY = measure();

    private static long measure() {
      long linux = new LinuxMemory(Path.of("/")).limitBytes();
      return linux > 0 ? linux : OtherMemory.totalBytes();
    }
  }
}
