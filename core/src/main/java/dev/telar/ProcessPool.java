package dev.telar;

import dev.telar.internal.Engines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A [Pool] over worker processes: child JVMs of this one, each with a heap bound and a share of
/// the processors of its own.
///
/// - A worker that dies costs the task that it was running, which fails with
///   [WorkerCrashedException]; tasks that waited in it go to other workers, and a replacement
///   starts.
/// - What a task prints comes out of this JVM, whole lines in order, before its future completes.
/// - When this pool is closed, or this JVM ends in whatever way, every worker and all processes
///   that tasks have started end within two seconds.
/// - Workers are made of the same JDK, class path or module path, locale, time zone and encoding as
///   this JVM; their standard input is empty. Classes that only this JVM has (of JShell, of a
///   `URLClassLoader`, of a nested jar, generated ones) are fetched from it on demand, as far as
///   their class loader answers `getResourceAsStream`.
/// - A pool made inside a task nests to a depth of one by default ([Builder#nesting(int)]). A pool
///   made while a worker is still reading a task, by a static initializer of the task's class, is
///   refused with [IllegalStateException]: it would start processes without end. This is why a
///   program that uses Telar needs no guard such as Python's `if __name__ == "__main__"`.
///
/// Isolation contains accidents, not attackers: workers run with the rights of this user.
public interface ProcessPool extends Pool {

  @Override
  ProcessPool with(TaskOptions options);

  /// The process ids of the workers that are up now.
  ///
  /// @return a snapshot
  List<Long> pids();

  /// The settings of this pool.
  ///
  /// @return the settings, defaults filled in
  ProcessPoolConfig config();

  /// Starts the making of a pool.
  ///
  /// @return a builder with the defaults
  static Builder builder() {
    return new Builder();
  }

  /// Makes a [ProcessPool]. Not thread-safe.
  final class Builder {
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kKmMgG]?)[bB]?");

    private static final int MOST_THREADS = 256;

    private String name = "pool";
    private int workers = Runtime.getRuntime().availableProcessors();
    private int threadsPerWorker = 1;
    private int tasksPerWorker;
    private long maxHeap;
    private final List<String> jvmArgs = new ArrayList<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable Path directory;
    private final List<Path> classPath = new ArrayList<>();
    private final List<Path> modulePath = new ArrayList<>();
    private @Nullable Path javaHome;
    private @Nullable Action initializer;
    private Duration initializerTimeout = Duration.ofMinutes(1);
    private Duration startTimeout = Duration.ofSeconds(30);
    private @Nullable Duration idleTimeout;
    private Duration grace = Duration.ofSeconds(2);
    private int nesting = 1;
    private @Nullable OutputHandler outputHandler;

    private Builder() {}

    /// The name of the pool, the first part of the names of its workers and tasks.
    ///
    /// @param name any text
    /// @return this
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /// How many worker processes run tasks; by default as many as this container may use
    /// processors.
    ///
    /// @param n 1 or more
    /// @return this
    /// @throws IllegalArgumentException if `n` is not positive
    public Builder workers(int n) {
      this.workers = atLeast(1, n, "workers");
      return this;
    }

    /// How many tasks run at once inside each worker; 1 by default. They share the worker's JVM: if
    /// it dies, all of them fail.
    ///
    /// @param n from 1 to 256
    /// @return this
    /// @throws IllegalArgumentException if `n` is out of that range
    public Builder threadsPerWorker(int n) {
      if (n > MOST_THREADS) {
        throw new IllegalArgumentException(
            "threadsPerWorker must be " + MOST_THREADS + " or less, not " + n);
      }
      this.threadsPerWorker = atLeast(1, n, "threadsPerWorker");
      return this;
    }

    /// After how many tasks a worker is replaced by a fresh one, started in the background before
    /// the old one ends. By default never. A chunk of a `map` counts as one task.
    ///
    /// @param n 1 or more
    /// @return this
    /// @throws IllegalArgumentException if `n` is not positive
    public Builder tasksPerWorker(int n) {
      this.tasksPerWorker = atLeast(1, n, "tasksPerWorker");
      return this;
    }

    /// The maximum heap of each worker. By default `(limit − the parent's max heap − reserve) / n`,
    /// where the limit is what the container (or the machine) has, the reserve 128 MiB and 64 MiB a
    /// worker, and `n` the number of workers; at least 64 MiB. So all maximum heaps together fit
    /// into the container. In a pool that is made inside a task, the limit is half of the worker's
    /// own heap.
    ///
    /// @param size a number of bytes with an optional unit `k`, `m` or `g`, such as `"512m"`
    /// @return this
    /// @throws IllegalArgumentException if `size` is not of that form, or under 2 MiB
    public Builder maxHeap(String size) {
      Matcher matcher = SIZE.matcher(size.trim());
      if (!matcher.matches() || matcher.group(1).length() > 15) {
        throw new IllegalArgumentException(
            "maxHeap must be a size such as \"512m\" or \"2g\", not \"" + size + "\"");
      }
      long unit =
          switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
          };
      long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
      if (bytes < (2L << 20)) {
        throw new IllegalArgumentException("maxHeap must be 2 MiB or more, not " + size);
      }
      this.maxHeap = bytes;
      return this;
    }

    /// Adds arguments for the workers' JVMs, after Telar's own.
    ///
    /// @param args such as `-XX:+UseZGC`
    /// @return this
    public Builder jvmArgs(String... args) {
      jvmArgs.addAll(List.of(args));
      return this;
    }

    /// Sets a system property in the workers.
    ///
    /// @param key the name
    /// @param value the value
    /// @return this
    public Builder systemProperty(String key, String value) {
      systemProperties.put(key, value);
      return this;
    }

    /// Sets an environment variable in the workers, which inherit all others.
    ///
    /// @param key the name
    /// @param value the value
    /// @return this
    public Builder environment(String key, String value) {
      environment.put(key, value);
      return this;
    }

    /// The working directory of the workers; by default the parent's.
    ///
    /// @param directory an existing directory
    /// @return this
    public Builder directory(Path directory) {
      this.directory = Objects.requireNonNull(directory, "directory");
      return this;
    }

    /// Adds to the class path of the workers, behind the parent's.
    ///
    /// @param entries jars and directories
    /// @return this
    public Builder classPath(Path... entries) {
      classPath.addAll(List.of(entries));
      return this;
    }

    /// Adds to the module path of the workers, behind the parent's.
    ///
    /// @param entries modular jars and directories of such
    /// @return this
    public Builder modulePath(Path... entries) {
      modulePath.addAll(List.of(entries));
      return this;
    }

    /// The Java installation of the workers, version 25 or later; by default the parent's.
    ///
    /// @param home the directory that holds `bin/java`
    /// @return this
    public Builder javaHome(Path home) {
      this.javaHome = Objects.requireNonNull(home, "home");
      return this;
    }

    /// What each worker runs before its first task, for instance to warm up a parser. If it fails
    /// or takes longer than [#initializerTimeout(Duration)], the pool fails as a whole: its futures
    /// get [WorkerStartException] with the cause.
    ///
    /// @param initializer the action; it travels like a task
    /// @return this
    public Builder initializer(Action initializer) {
      this.initializer = Objects.requireNonNull(initializer, "initializer");
      return this;
    }

    /// How long the initializer may run; one minute by default.
    ///
    /// @param limit a positive time
    /// @return this
    /// @throws IllegalArgumentException if `limit` is not positive
    public Builder initializerTimeout(Duration limit) {
      this.initializerTimeout = positive(limit, "initializerTimeout");
      return this;
    }

    /// How long the JVM of a worker may take to start; 30 s by default.
    ///
    /// @param limit a positive time
    /// @return this
    /// @throws IllegalArgumentException if `limit` is not positive
    public Builder startTimeout(Duration limit) {
      this.startTimeout = positive(limit, "startTimeout");
      return this;
    }

    /// After how long without a task a worker ends; the next task starts one again. By default
    /// never.
    ///
    /// @param limit a positive time
    /// @return this
    /// @throws IllegalArgumentException if `limit` is not positive
    public Builder idleTimeout(Duration limit) {
      this.idleTimeout = positive(limit, "idleTimeout");
      return this;
    }

    /// How long a task that was interrupted (cancelled, timed out) may go on before its worker is
    /// killed; 2 s by default.
    ///
    /// @param grace 0 or more
    /// @return this
    /// @throws IllegalArgumentException if `grace` is negative
    public Builder grace(Duration grace) {
      if (grace.isNegative()) {
        throw new IllegalArgumentException("grace must be 0 or more, not " + grace);
      }
      this.grace = grace;
      return this;
    }

    /// How deep process pools may be made inside tasks: 0 forbids it, 1 (the default) lets a task
    /// make a pool whose own tasks make none.
    ///
    /// @param depth 0 or more
    /// @return this
    /// @throws IllegalArgumentException if `depth` is negative
    public Builder nesting(int depth) {
      this.nesting = atLeast(0, depth, "nesting");
      return this;
    }

    /// Takes what the workers print. By default their lines are printed on this JVM's `System.out`
    /// and `System.err`.
    ///
    /// @param handler called on a thread of the worker's own
    /// @return this
    public Builder outputHandler(OutputHandler handler) {
      this.outputHandler = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /// Makes the pool and begins to start its workers.
    ///
    /// @return an open pool
    /// @throws IllegalArgumentException if the Java home or the directory is not there
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
      return new ProcessPoolConfig(
          name,
          workers,
          threadsPerWorker,
          tasksPerWorker,
          maxHeap,
          jvmArgs,
          systemProperties,
          environment,
          directory,
          classPath,
          modulePath,
          javaHome,
          initializer,
          initializerTimeout,
          startTimeout,
          idleTimeout,
          grace,
          nesting,
          outputHandler);
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
}
