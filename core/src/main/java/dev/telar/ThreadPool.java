package dev.telar;

import dev.telar.internal.Engines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private TaskOptions options = TaskOptions.defaults();
    private final List<PoolListener> listeners = new ArrayList<>();

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

    /// Limits how long each task of the pool may run; a view may set another limit. By default
    /// there is none. At the limit the task is interrupted and its future fails, but its thread
    /// stays occupied until the task returns: a thread cannot be killed. See
    /// [TaskOptions#timeout(Duration)].
    ///
    /// @param limit a positive time
    /// @return this
    /// @throws IllegalArgumentException if `limit` is not positive
    public Builder taskTimeout(Duration limit) {
      this.options = options.timeout(limit);
      return this;
    }

    /// Limits how long each task of the pool may go without a call of [Progress#report(long,
    /// long)]. By default there is no limit. See [TaskOptions#progressTimeout(Duration)].
    ///
    /// @param limit a positive time
    /// @return this
    /// @throws IllegalArgumentException if `limit` is not positive
    public Builder progressTimeout(Duration limit) {
      this.options = options.progressTimeout(limit);
      return this;
    }

    /// Adds a listener that is told what happens in the pool; see [PoolListener].
    ///
    /// @param listener called on a thread that the pool does not need
    /// @return this
    public Builder listener(PoolListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /// Makes the pool. Threads start when tasks need them.
    ///
    /// @return an open pool
    public ThreadPool build() {
      return virtual
          ? Engines.virtualThreads(name, options, pendingLimit, listeners)
          : Engines.threads(name, threads, options, pendingLimit, listeners);
    }
  }
}
