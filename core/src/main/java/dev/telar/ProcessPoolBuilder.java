package dev.telar;

import dev.telar.internal.Engines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a [ProcessPool]; see [ProcessPool#builder()]. Not thread-safe.
public final class ProcessPoolBuilder {
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kKmMgG]?)[bB]?");

  private static final int MOST_THREADS = 256;

  private final ProcessPoolConfig config = new ProcessPoolConfig();

  ProcessPoolBuilder() {}

  /// The name of the pool, the first part of the names of its workers and tasks.
  ///
  /// @param name any text
  /// @return this
  public ProcessPoolBuilder name(String name) {
    config.name = Objects.requireNonNull(name, "name");
    return this;
  }

  /// How many worker processes run tasks, at most; by default as many as this container may use
  /// processors. They all start with the pool, unless [#minWorkers(int)] says otherwise.
  ///
  /// @param n 1 or more
  /// @return this
  /// @throws IllegalArgumentException if `n` is not positive
  public ProcessPoolBuilder workers(int n) {
    config.workers = atLeast(1, n, "workers");
    return this;
  }

  /// How many workers start with the pool, and stay however long they have nothing to do
  /// ([#idleTimeout(Duration)]). More are started, up to [#workers(int)], when a task has waited
  /// for 10 ms. By default all start with the pool, and an idle timeout may end all.
  ///
  /// @param n 0 or more; more than [#workers(int)] counts as that
  /// @return this
  /// @throws IllegalArgumentException if `n` is negative
  public ProcessPoolBuilder minWorkers(int n) {
    config.minWorkers = atLeast(0, n, "minWorkers");
    return this;
  }

  /// How many further workers are kept started, initialized, warmed up and without work, to take
  /// the place of one that dies or is replaced: within some milliseconds instead of the time that a
  /// JVM and the initializer take to start. 0 by default. Each takes the memory of a worker, and
  /// counts where the default of [#maxHeap(String)] is computed.
  ///
  /// @param n 0 or more
  /// @return this
  /// @throws IllegalArgumentException if `n` is negative
  public ProcessPoolBuilder spares(int n) {
    config.spares = atLeast(0, n, "spares");
    return this;
  }

  /// How many tasks run at once inside each worker; 1 by default. They share the worker's JVM: if
  /// it dies, all of them fail.
  ///
  /// @param n from 1 to 256
  /// @return this
  /// @throws IllegalArgumentException if `n` is out of that range
  public ProcessPoolBuilder threadsPerWorker(int n) {
    if (n > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threadsPerWorker must be " + MOST_THREADS + " or less, not " + n);
    }
    config.threadsPerWorker = atLeast(1, n, "threadsPerWorker");
    return this;
  }

  /// After how many tasks a worker is replaced by a fresh one, started in the background before the
  /// old one ends. By default never. A chunk of a `map` counts as one task.
  ///
  /// @param n 1 or more
  /// @return this
  /// @throws IllegalArgumentException if `n` is not positive
  public ProcessPoolBuilder tasksPerWorker(int n) {
    config.tasksPerWorker = atLeast(1, n, "tasksPerWorker");
    return this;
  }

  /// The maximum heap of each worker. By default four fifths of its share of the memory, `(limit −
  /// the parent's max heap − 128 MiB) / n − 64 MiB`, where the limit is what the container (or the
  /// machine) has and `n` the number of workers and spares; at least 64 MiB. The last fifth is for
  /// metaspace and direct buffers, which are bounded too. So all bounds together fit into the
  /// container, unless the least values count. In a pool that is made inside a task, the workers
  /// share half of the worker's own maximum heap.
  ///
  /// @param size a number of bytes with an optional unit `k`, `m` or `g`, such as `"512m"`
  /// @return this
  /// @throws IllegalArgumentException if `size` is not of that form, or under 2 MiB
  public ProcessPoolBuilder maxHeap(String size) {
    config.maxHeap = atLeastMib(size, "maxHeap", 2);
    return this;
  }

  /// Limits the memory that each worker may take *together with all processes that it has started*:
  /// heap, metaspace, direct buffers, native memory, stacks and mapped files, as far as they are
  /// resident or swapped out; shared memory does not count. By default there is no such limit.
  ///
  /// A worker that takes more is killed with all that it has started, and the tasks in it fail with
  /// [MemoryLimitExceededException]. It is looked at ten times a second, and more often when it is
  /// near: what it takes in between is not prevented. Choose at least the maximum heap and 100 MiB.
  /// Only on Linux.
  ///
  /// @param size a number of bytes with an optional unit `k`, `m` or `g`, such as `"1g"`
  /// @return this
  /// @throws IllegalArgumentException if `size` is not of that form, or under 32 MiB, which is what
  ///   a JVM takes that does nothing
  public ProcessPoolBuilder maxMemory(String size) {
    config.maxMemory = atLeastMib(size, "maxMemory", 32);
    return this;
  }

  /// Above how much memory, counted as for [#maxMemory(String)], a worker is replaced by a fresh
  /// one as soon as it has done the tasks in its hands. No task fails because of it. Each worker
  /// runs at least one task. By default never. Only on Linux.
  ///
  /// @param size a number of bytes with an optional unit `k`, `m` or `g`, such as `"800m"`
  /// @return this
  /// @throws IllegalArgumentException if `size` is not of that form, or under 32 MiB
  public ProcessPoolBuilder softMaxMemory(String size) {
    config.softMaxMemory = atLeastMib(size, "softMaxMemory", 32);
    return this;
  }

  /// Adds arguments for the workers' JVMs, after Telar's own.
  ///
  /// @param args such as `-XX:+UseZGC`
  /// @return this
  public ProcessPoolBuilder jvmArgs(String... args) {
    config.jvmArgs.addAll(List.of(args));
    return this;
  }

  /// Sets a system property in the workers.
  ///
  /// @param key the name
  /// @param value the value
  /// @return this
  public ProcessPoolBuilder systemProperty(String key, String value) {
    config.systemProperties.put(key, value);
    return this;
  }

  /// Sets an environment variable in the workers, which inherit all others.
  ///
  /// @param key the name
  /// @param value the value
  /// @return this
  public ProcessPoolBuilder environment(String key, String value) {
    config.environment.put(key, value);
    return this;
  }

  /// The working directory of the workers; by default the parent's.
  ///
  /// @param directory an existing directory
  /// @return this
  public ProcessPoolBuilder directory(Path directory) {
    config.directory = Objects.requireNonNull(directory, "directory");
    return this;
  }

  /// Adds to the class path of the workers, behind the parent's.
  ///
  /// @param entries jars and directories
  /// @return this
  public ProcessPoolBuilder classPath(Path... entries) {
    config.classPath.addAll(List.of(entries));
    return this;
  }

  /// Adds to the module path of the workers, behind the parent's.
  ///
  /// @param entries modular jars and directories of such
  /// @return this
  public ProcessPoolBuilder modulePath(Path... entries) {
    config.modulePath.addAll(List.of(entries));
    return this;
  }

  /// The Java installation of the workers, version 25 or later; by default the parent's.
  ///
  /// @param home the directory that holds `bin/java`
  /// @return this
  public ProcessPoolBuilder javaHome(Path home) {
    config.javaHome = Objects.requireNonNull(home, "home");
    return this;
  }

  /// What each worker runs before its first task, for instance to warm up a parser. If it fails or
  /// takes longer than [#initializerTimeout(Duration)], the pool fails as a whole: its futures get
  /// [WorkerStartException] with the cause.
  ///
  /// @param initializer the action; it travels like a task
  /// @return this
  public ProcessPoolBuilder initializer(Action initializer) {
    config.initializer = Objects.requireNonNull(initializer, "initializer");
    return this;
  }

  /// How long an initializer may run, the pool's or that of a state ([StatefulPool]); one minute by
  /// default.
  ///
  /// @param limit a positive time
  /// @return this
  /// @throws IllegalArgumentException if `limit` is not positive
  public ProcessPoolBuilder initializerTimeout(Duration limit) {
    config.initializerTimeout = positive(limit, "initializerTimeout");
    return this;
  }

  /// How long the JVM of a worker may take to start; 30 s by default.
  ///
  /// @param limit a positive time
  /// @return this
  /// @throws IllegalArgumentException if `limit` is not positive
  public ProcessPoolBuilder startTimeout(Duration limit) {
    config.startTimeout = positive(limit, "startTimeout");
    return this;
  }

  /// After how long a worker is replaced, counted from when it took its first task or could have; a
  /// tenth less at random, so that they are not all replaced at once. By default never. The new
  /// worker starts in the background; the old one goes on until it is up, and finishes what it is
  /// running.
  ///
  /// @param limit a positive time
  /// @return this
  /// @throws IllegalArgumentException if `limit` is not positive
  public ProcessPoolBuilder maxLifetime(Duration limit) {
    config.maxLifetime = positive(limit, "maxLifetime");
    return this;
  }

  /// What workers do about what tasks leave behind in their JVM: changed defaults, properties and
  /// streams, threads that go on. [LeakPolicy#RESTORE] by default.
  ///
  /// @param policy ignore, restore, warn or recycle
  /// @return this
  public ProcessPoolBuilder leaks(LeakPolicy policy) {
    config.leaks = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /// How many threads that tasks have left running a worker may have; with one more it is replaced
  /// when the task ends, whatever [#leaks(LeakPolicy)] says. By default any number.
  ///
  /// @param n 0 or more
  /// @return this
  /// @throws IllegalArgumentException if `n` is negative
  public ProcessPoolBuilder maxLeftThreads(int n) {
    config.maxLeftThreads = atLeast(0, n, "maxLeftThreads");
    return this;
  }

  /// How much of its heap a worker may still have in use after a garbage collection; with more it
  /// is replaced when the task ends. By default any amount. What counts is what the collector has
  /// found by itself when it last looked at each part of the heap; it is not made to look.
  ///
  /// @param size a number of bytes with an optional unit `k`, `m` or `g`, such as `"200m"`
  /// @return this
  /// @throws IllegalArgumentException if `size` is not of that form, or 0
  public ProcessPoolBuilder maxRetainedHeap(String size) {
    long bytes = bytes(size, "maxRetainedHeap");
    if (bytes == 0) {
      throw new IllegalArgumentException("maxRetainedHeap must be more than 0");
    }
    config.maxRetainedHeap = bytes;
    return this;
  }

  /// After how long without a task a worker ends, if there are more than [#minWorkers(int)]; the
  /// next task starts one again. By default never.
  ///
  /// @param limit a positive time
  /// @return this
  /// @throws IllegalArgumentException if `limit` is not positive
  public ProcessPoolBuilder idleTimeout(Duration limit) {
    config.idleTimeout = positive(limit, "idleTimeout");
    return this;
  }

  /// Limits how long each task of the pool may run; a view may set another limit, which may also be
  /// longer. By default there is none. See [TaskOptions#timeout(Duration)] for what happens then.
  ///
  /// @param limit a positive time
  /// @return this
  /// @throws IllegalArgumentException if `limit` is not positive
  public ProcessPoolBuilder taskTimeout(Duration limit) {
    config.taskTimeout = positive(limit, "taskTimeout");
    return this;
  }

  /// Limits how long each task of the pool may go without a call of [Progress#report(long, long)];
  /// a view may set another limit. By default there is none. See
  /// [TaskOptions#progressTimeout(Duration)].
  ///
  /// @param limit a positive time
  /// @return this
  /// @throws IllegalArgumentException if `limit` is not positive
  public ProcessPoolBuilder progressTimeout(Duration limit) {
    config.progressTimeout = positive(limit, "progressTimeout");
    return this;
  }

  /// How long a task that was interrupted (cancelled, timed out) may go on before its worker is
  /// killed; 2 s by default. With 0 it is interrupted and killed at once.
  ///
  /// @param grace 0 or more
  /// @return this
  /// @throws IllegalArgumentException if `grace` is negative
  public ProcessPoolBuilder grace(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must be 0 or more, not " + grace);
    }
    config.grace = grace;
    return this;
  }

  /// How deep process pools may be made inside tasks: 0 forbids it, 1 (the default) lets a task
  /// make a pool whose own tasks make none.
  ///
  /// @param depth 0 or more
  /// @return this
  /// @throws IllegalArgumentException if `depth` is negative
  public ProcessPoolBuilder nesting(int depth) {
    config.nesting = atLeast(0, depth, "nesting");
    return this;
  }

  /// Takes what the workers print. By default their lines are printed on this JVM's `System.out`
  /// and `System.err`.
  ///
  /// @param handler called on a thread of the worker's own
  /// @return this
  public ProcessPoolBuilder outputHandler(OutputHandler handler) {
    config.outputHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /// Keeps the reports that the JVMs of workers write when they crash in native code
  /// (`hs_err_pid<pid>.log`). By default their first lines go into the exception
  /// ([WorkerCrashedException#problematicFrame()]) and the files are deleted. Nobody deletes what
  /// is kept.
  ///
  /// @param folder is made when the pool is, if it is not there
  /// @return this
  public ProcessPoolBuilder crashReports(Path folder) {
    config.crashReports = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /// Limits how many submitted tasks may be unfinished, waiting and running together; see
  /// [PendingLimit]. By default there is no limit.
  ///
  /// @param tasks 1 or more
  /// @param whenFull what `submit` does with a task that is too many
  /// @return this
  /// @throws IllegalArgumentException if `tasks` is not positive
  public ProcessPoolBuilder maxPending(int tasks, WhenFull whenFull) {
    config.pendingLimit = new PendingLimit(tasks, whenFull);
    return this;
  }

  /// Adds a listener that is told what happens in the pool; see [PoolListener].
  ///
  /// @param listener called on a thread that the pool does not need
  /// @return this
  public ProcessPoolBuilder listener(PoolListener listener) {
    config.listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /// Makes the pool and begins to start its workers.
  ///
  /// @return an open pool
  /// @throws IllegalArgumentException if the Java home or the directory is not there, or the folder
  ///   for crash reports cannot be made
  /// @throws UnsupportedOperationException if there is a limit on memory, and this is not Linux
  /// @throws IllegalStateException if process pools are nested too deep, or a worker is still
  ///   reading the task that makes this pool
  /// @throws TaskNotSerializableException if the initializer cannot travel
  public ProcessPool build() {
    return Engines.processes(config());
  }

  /// What the builder has been told so far, with the defaults.
  ///
  /// @return the settings
  public ProcessPoolConfig config() {
    return config.copy();
  }

  private static long atLeastMib(String size, String what, long atLeast) {
    long bytes = bytes(size, what);
    if (bytes < atLeast << 20) {
      throw new IllegalArgumentException(
          what + " must be " + atLeast + " MiB or more, not " + size);
    }
    return bytes;
  }

  private static long bytes(String size, String what) {
    Matcher matcher = SIZE.matcher(size.trim());
    if (!matcher.matches() || matcher.group(1).length() > 15) {
      throw new IllegalArgumentException(
          what + " must be a size such as \"512m\" or \"2g\", not \"" + size + "\"");
    }
    long unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 1L << 10;
          case "m" -> 1L << 20;
          case "g" -> 1L << 30;
          default -> 1L;
        };
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }

  private static int atLeast(int minimum, int value, String what) {
    if (value < minimum) {
      throw new IllegalArgumentException(what + " must be " + minimum + " or more, not " + value);
    }
    return value;
  }

  private static Duration positive(Duration value, String what) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(what + " must be positive, not " + value);
    }
    return value;
  }
}
