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

  /// Metaspace, and as much again of direct memory, get this part of what the heap gets…
  private static final int PART = 8;

  /// …but neither too little to be of use, nor more than any task needs that does not leak.
  private static final long LEAST_PART = 64 * MIB;

  private static final long MOST_PART = 512 * MIB;

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

  /// How much more memory in bytes this program may take, as far as is known, before the system
  /// ends a process for it: of the machine, and of the container. Read anew at each call.
  public static long availableMemory() {
    return new LinuxMemory(Path.of("/")).availableBytes();
  }

  /// The heap in bytes of each of `workers` worker processes when the user does not choose.
  ///
  /// In an ordinary program each worker has a share of `(limit − our own max heap − reserve) /
  /// workers`, where the reserve is 128 MiB for us and 64 MiB for each worker. Of that share its
  /// heap gets what its [#nonHeap] bounds leave: four fifths. In a worker (nested pool), half of
  /// its own max heap is divided among its workers. Never less than 64 MiB, in whole MiB.
  public static long defaultWorkerHeap(int workers) {
    boolean nested = Long.getLong(MEMORY_LIMIT_PROPERTY) != null;
    return workerHeap(workers, memoryBytes(), Runtime.getRuntime().maxMemory(), nested);
  }

  static long workerHeap(int workers, long limit, long ownMaxHeap, boolean nested) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1: " + workers);
    }
    long heap =
        nested
            ? ownMaxHeap / 2 / workers
            : heapOf((limit - ownMaxHeap - PARENT_RESERVE) / workers - WORKER_RESERVE);
    return Math.max(LEAST_HEAP, heap / MIB * MIB);
  }

  /// What of a worker's share is left for its heap: the heap and twice its [#nonHeap] are the
  /// share.
  private static long heapOf(long share) {
    long heap = share * PART / (PART + 2);
    return nonHeap(heap) == heap / PART ? heap : share - 2 * nonHeap(heap);
  }

  /// The bound of a worker's metaspace, and that of its direct memory, in bytes: an eighth of its
  /// heap each, at least 64 MiB and at most 512 MiB.
  public static long nonHeap(long heap) {
    return Math.clamp(heap / PART, LEAST_PART, MOST_PART);
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
