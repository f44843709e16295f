package dev.telar.cli.soak;

import dev.telar.ProcessPool;
import dev.telar.Task;
import dev.telar.TaskOptions;
import dev.telar.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The kinds of tasks that the load is mixed of, and what may come of each.
enum TaskKind {
  /// Some milliseconds of arithmetic, up to three times.
  COMPUTES(40, 2) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      return () -> {
        log.begun(task);
        return hash(task);
      };
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return Long.valueOf(hash(task)).equals(value);
    }
  },

  /// The same, and at most once.
  COMPUTES_ONCE(20, 0) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      return COMPUTES.task(task, log, random);
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return COMPUTES.isRight(task, value);
    }
  },

  /// Waits a little.
  SLEEPS(10, 2) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      long millis = random.nextLong(30);
      return () -> {
        log.begun(task);
        Thread.sleep(Duration.ofMillis(millis));
        return task;
      };
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return Integer.valueOf(task).equals(value);
    }
  },

  /// Takes a quarter of a mebibyte along and brings it back.
  CARRIES_MUCH(8, 2) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      byte[] cargo = cargo(task);
      return () -> {
        log.begun(task);
        return cargo;
      };
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return value instanceof byte[] bytes && Arrays.equals(bytes, cargo(task));
    }
  },

  /// Sixteen items of a `map`, in chunks of four, each of which may be run three times.
  MAPS(6, 2) {
    @Override
    CompletableFuture<?> start(ProcessPool pool, int task, Executions log, RandomGenerator random) {
      ProcessPool chunked = limited(pool).with(TaskOptions.defaults().chunkSize(4));
      return CompletableFuture.supplyAsync(
          () -> chunked.map(item -> logged(item, task, log), ITEMS),
          work -> Thread.ofVirtual().name("map-" + task).start(work));
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return ITEMS.stream().map(TaskKind::hash).toList().equals(value);
    }

    // What was before the item that was lost in its chunk is run again, alone.
    @Override
    int mostBegun() {
      return 1 + mostExecutions();
    }
  },

  /// Throws an exception.
  THROWS(6, 2) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      return () -> {
        log.begun(task);
        throw new IllegalStateException("task " + task);
      };
    }

    @Override
    boolean isRightError(int task, Throwable error) {
      return error instanceof IllegalStateException && ("task " + task).equals(error.getMessage());
    }
  },

  /// Is cancelled after a moment, whether it has begun or not.
  IS_CANCELLED(5, 0) {
    @Override
    CompletableFuture<?> start(ProcessPool pool, int task, Executions log, RandomGenerator random) {
      CompletableFuture<?> future = super.start(pool, task, log, random);
      CompletableFuture.delayedExecutor(random.nextLong(40), TimeUnit.MILLISECONDS)
          .execute(() -> future.cancel(true));
      return future;
    }

    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      return SLEEPS.task(task, log, random);
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return SLEEPS.isRight(task, value);
    }

    @Override
    boolean isRightError(int task, Throwable error) {
      return error instanceof CancellationException;
    }
  },

  /// Runs for ever and hears no interrupt.
  HANGS(2, 0) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      return () -> {
        log.begun(task);
        return Misbehaviour.SPIN_FOR_EVER.call();
      };
    }

    @Override
    Duration limit() {
      return Duration.ofMillis(100);
    }
  },

  /// Ends its worker.
  DIES(2, 0) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      Misbehaviour end = random.nextBoolean() ? Misbehaviour.HALT : Misbehaviour.EXIT;
      return () -> {
        log.begun(task);
        return end.call();
      };
    }
  },

  /// Leaves children behind that ignore SIGTERM.
  LEAVES_CHILDREN(1, 2) {
    @Override
    Task<?> task(int task, Executions log, RandomGenerator random) {
      return () -> {
        log.begun(task);
        return Misbehaviour.LEAVE_CHILDREN.call();
      };
    }

    @Override
    boolean isRight(int task, @Nullable Object value) {
      return value instanceof long[];
    }
  };

  private static final int STEPS = 500_000;
  private static final int CARGO_BYTES = 1 << 18;
  private static final List<Integer> ITEMS =
      IntStream.range(0, Executions.MOST_ITEMS).boxed().toList();
  private static final TaskKind[] BY_WEIGHT =
      Arrays.stream(values())
          .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
          .toArray(TaskKind[]::new);

  private final int weight;
  private final int retries;

  TaskKind(int weight, int retries) {
    this.weight = weight;
    this.retries = retries;
  }

  /// One of them, by weight.
  static TaskKind any(RandomGenerator random) {
    return BY_WEIGHT[random.nextInt(BY_WEIGHT.length)];
  }

  /// Hands a task of this kind to a pool.
  ///
  /// @param task its number in the round
  /// @param log where it says that it has begun
  CompletableFuture<?> start(ProcessPool pool, int task, Executions log, RandomGenerator random) {
    return limited(pool).submit(task(task, log, random));
  }

  /// What it does.
  Task<?> task(int task, Executions log, RandomGenerator random) {
    throw new UnsupportedOperationException(this + " is no single task");
  }

  /// Whether that may come of it.
  boolean isRight(int task, @Nullable Object value) {
    return false;
  }

  /// Whether it may fail with that, besides the death of its worker and its time limit.
  boolean isRightError(int task, Throwable error) {
    return false;
  }

  /// How long it may run. What is longer hangs, or is in a worker that was stopped.
  Duration limit() {
    return Duration.ofSeconds(2);
  }

  /// How many workers may die under it.
  int mostExecutions() {
    return 1 + retries;
  }

  /// How often it, or an item of it, may be begun.
  int mostBegun() {
    return mostExecutions();
  }

  ProcessPool limited(ProcessPool pool) {
    return pool.with(TaskOptions.defaults().timeout(limit()).retries(retries));
  }

  private static Long logged(int item, int task, Executions log) throws IOException {
    log.begun(task, item);
    return hash(item);
  }

  private static long hash(int seed) {
    long hash = seed;
    for (int i = 0; i < STEPS; i++) {
      hash = hash * 6364136223846793005L + 1442695040888963407L;
    }
    return hash;
  }

  private static byte[] cargo(int task) {
    byte[] cargo = new byte[CARGO_BYTES];
    Arrays.fill(cargo, (byte) task);
    return cargo;
  }
}
