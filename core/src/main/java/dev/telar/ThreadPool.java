package dev.telar;

import dev.telar.internal.Engines;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [Pool] over threads of this JVM.
///
/// Tasks see the caller's own objects; nothing is copied. A task that does not end cannot be
/// killed: see [ProcessPool] for that.
public interface ThreadPool extends Pool {

  @Override
  ThreadPool with(TaskOptions options);

  /// Starts the making of a pool.
  ///
  /// @return a builder with the defaults
  static Builder builder() {
    return new Builder();
  }

  /// Makes a [ThreadPool]. Not thread-safe.
  final class Builder {
    private int threads = Runtime.getRuntime().availableProcessors();
    private boolean virtual;
    private String name = "pool";
    private @Nullable PendingLimit pendingLimit;

    private Builder() {}

    /// How many platform threads run tasks; by default as many as this JVM may use processors.
    ///
    /// @param n 1 or more
    /// @return this
    /// @throws IllegalArgumentException if `n` is not positive
    public Builder threads(int n) {
      if (n < 1) {
        throw new IllegalArgumentException("a pool needs 1 thread or more, not " + n);
      }
      this.threads = n;
      this.virtual = false;
      return this;
    }

    /// Runs each task on a virtual thread of its own.
    ///
    /// @return this
    public Builder virtual() {
      this.virtual = true;
      return this;
    }

    /// The name of the pool, the first part of the names of its threads and tasks.
    ///
    /// @param name any text
    /// @return this
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /// Limits how many submitted tasks may be unfinished, waiting and running together; see
    /// [PendingLimit]. By default there is no limit.
    ///
    /// @param tasks 1 or more
    /// @param whenFull what `submit` does with a task that is too many
    /// @return this
    /// @throws IllegalArgumentException if `tasks` is not positive
    public Builder maxPending(int tasks, WhenFull whenFull) {
      this.pendingLimit = new PendingLimit(tasks, whenFull);
      return this;
    }

    /// Makes the pool. Threads start when tasks need them.
    ///
    /// @return an open pool
    public ThreadPool build() {
      return virtual
          ? Engines.virtualThreads(name, pendingLimit)
          : Engines.threads(name, threads, pendingLimit);
    }
  }
}
