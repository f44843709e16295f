package dev.telar;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a [ProcessPool], as its builder was given them. Immutable: the setters are the
/// builder's, and it gives out copies.
public final class ProcessPoolConfig {

  String name = "pool";
  int workers = Runtime.getRuntime().availableProcessors();
  int minWorkers = -1;
  int spares;
  int threadsPerWorker = 1;
  int tasksPerWorker;
  long maxHeap;
  long maxMemory;
  long softMaxMemory;
  List<String> jvmArgs = new ArrayList<>();
  Map<String, String> systemProperties = new LinkedHashMap<>();
  Map<String, String> environment = new LinkedHashMap<>();
  @Nullable Path directory;
  List<Path> classPath = new ArrayList<>();
  List<Path> modulePath = new ArrayList<>();
  @Nullable Path javaHome;
  @Nullable Action initializer;
  Duration initializerTimeout = Duration.ofMinutes(1);
  Duration startTimeout = Duration.ofSeconds(30);
  @Nullable Duration idleTimeout;
  @Nullable Duration maxLifetime;
  LeakPolicy leaks = LeakPolicy.RESTORE;
  int maxLeftThreads = -1;
  long maxRetainedHeap;
  @Nullable Duration taskTimeout;
  @Nullable Duration progressTimeout;
  Duration grace = Duration.ofSeconds(2);
  int nesting = 1;
  @Nullable OutputHandler outputHandler;
  @Nullable PendingLimit pendingLimit;
  List<PoolListener> listeners = new ArrayList<>();
  @Nullable Path crashReports;

  ProcessPoolConfig() {}

  private ProcessPoolConfig(ProcessPoolConfig other) {
    name = other.name;
    workers = other.workers;
    minWorkers = other.minWorkers;
    spares = other.spares;
    threadsPerWorker = other.threadsPerWorker;
    tasksPerWorker = other.tasksPerWorker;
    maxHeap = other.maxHeap;
    maxMemory = other.maxMemory;
    softMaxMemory = other.softMaxMemory;
    jvmArgs = List.copyOf(other.jvmArgs);
    systemProperties = Map.copyOf(other.systemProperties);
    environment = Map.copyOf(other.environment);
    directory = other.directory;
    classPath = List.copyOf(other.classPath);
    modulePath = List.copyOf(other.modulePath);
    javaHome = other.javaHome;
    initializer = other.initializer;
    initializerTimeout = other.initializerTimeout;
    startTimeout = other.startTimeout;
    idleTimeout = other.idleTimeout;
    maxLifetime = other.maxLifetime;
    leaks = other.leaks;
    maxLeftThreads = other.maxLeftThreads;
    maxRetainedHeap = other.maxRetainedHeap;
    taskTimeout = other.taskTimeout;
    progressTimeout = other.progressTimeout;
    grace = other.grace;
    nesting = other.nesting;
    outputHandler = other.outputHandler;
    pendingLimit = other.pendingLimit;
    listeners = List.copyOf(other.listeners);
    crashReports = other.crashReports;
  }

  ProcessPoolConfig copy() {
    return new ProcessPoolConfig(this);
  }

  /// The same settings with another maximum heap.
  ///
  /// @param bytes the maximum heap of each worker
  /// @return the changed copy
  public ProcessPoolConfig withMaxHeap(long bytes) {
    ProcessPoolConfig changed = copy();
    changed.maxHeap = bytes;
    return changed;
  }

  /// The name of the pool.
  ///
  /// @return the setting
  public String name() {
    return name;
  }

  /// The number of worker processes.
  ///
  /// @return the number
  public int workers() {
    return workers;
  }

  /// How many workers are started with the pool.
  ///
  /// @return the number
  public int initialWorkers() {
    return minWorkers < 0 ? workers : Math.min(minWorkers, workers);
  }

  /// How many workers are left running however long they have nothing to do.
  ///
  /// @return the number
  public int leastWorkers() {
    return Math.min(Math.max(0, minWorkers), workers);
  }

  /// How many workers wait, started, to take the place of others.
  ///
  /// @return the number
  public int spares() {
    return spares;
  }

  /// The number of tasks that run at once in each worker.
  ///
  /// @return the number
  public int threadsPerWorker() {
    return threadsPerWorker;
  }

  /// After how many tasks a worker is replaced; 0: never.
  ///
  /// @return the number
  public int tasksPerWorker() {
    return tasksPerWorker;
  }

  /// The maximum heap of each worker in bytes; 0, until the pool is made, for what the container
  /// allows.
  ///
  /// @return bytes
  public long maxHeap() {
    return maxHeap;
  }

  /// How much memory each worker may take together with all that it has started; 0: any.
  ///
  /// @return bytes
  public long maxMemory() {
    return maxMemory;
  }

  /// Above how much memory a worker is replaced between tasks; 0: never.
  ///
  /// @return bytes
  public long softMaxMemory() {
    return softMaxMemory;
  }

  /// Further arguments of the workers' JVMs.
  ///
  /// @return an unmodifiable list
  public List<String> jvmArgs() {
    return jvmArgs;
  }

  /// System properties of the workers.
  ///
  /// @return an unmodifiable map
  public Map<String, String> systemProperties() {
    return systemProperties;
  }

  /// Environment variables of the workers, besides the inherited ones.
  ///
  /// @return an unmodifiable map
  public Map<String, String> environment() {
    return environment;
  }

  /// The working directory of the workers, or null for the parent's.
  ///
  /// @return the setting
  public @Nullable Path directory() {
    return directory;
  }

  /// Additions to the class path.
  ///
  /// @return an unmodifiable list
  public List<Path> classPath() {
    return classPath;
  }

  /// Additions to the module path.
  ///
  /// @return an unmodifiable list
  public List<Path> modulePath() {
    return modulePath;
  }

  /// The JDK or JRE of the workers, or null for the parent's.
  ///
  /// @return the setting
  public @Nullable Path javaHome() {
    return javaHome;
  }

  /// What each worker runs before its first task, or null.
  ///
  /// @return the setting
  public @Nullable Action initializer() {
    return initializer;
  }

  /// How long the initializer may run.
  ///
  /// @return the setting
  public Duration initializerTimeout() {
    return initializerTimeout;
  }

  /// How long a worker may take to start, without the initializer.
  ///
  /// @return the setting
  public Duration startTimeout() {
    return startTimeout;
  }

  /// After how long without a task a worker ends, or null for never.
  ///
  /// @return the setting
  public @Nullable Duration idleTimeout() {
    return idleTimeout;
  }

  /// After how long a worker is replaced, or null for never.
  ///
  /// @return the setting
  public @Nullable Duration maxLifetime() {
    return maxLifetime;
  }

  /// What workers do about what tasks leave behind.
  ///
  /// @return the setting
  public LeakPolicy leaks() {
    return leaks;
  }

  /// How many threads that tasks have left may run in a worker before it is replaced; −1: any
  /// number.
  ///
  /// @return the number
  public int maxLeftThreads() {
    return maxLeftThreads;
  }

  /// How many bytes of a worker's heap may be in use after a collection before it is replaced; 0:
  /// any number.
  ///
  /// @return bytes
  public long maxRetainedHeap() {
    return maxRetainedHeap;
  }

  /// How long each task may run, or null for any time; see [TaskOptions#timeout(Duration)].
  ///
  /// @return the setting
  public @Nullable Duration taskTimeout() {
    return taskTimeout;
  }

  /// How long each task may go without reporting progress, or null for any time; see
  /// [TaskOptions#progressTimeout(Duration)].
  ///
  /// @return the setting
  public @Nullable Duration progressTimeout() {
    return progressTimeout;
  }

  /// How long an interrupted task may go on before its worker is killed.
  ///
  /// @return the setting
  public Duration grace() {
    return grace;
  }

  /// How deep process pools may be made inside tasks.
  ///
  /// @return the number
  public int nesting() {
    return nesting;
  }

  /// Takes what workers print, or null to print it on the parent's streams.
  ///
  /// @return the setting
  public @Nullable OutputHandler outputHandler() {
    return outputHandler;
  }

  /// The folder in which the JVMs of workers leave reports of their crashes, or null if they are
  /// read and deleted.
  ///
  /// @return the setting
  public @Nullable Path crashReports() {
    return crashReports;
  }

  /// How many submitted tasks may be unfinished, or null for any number.
  ///
  /// @return the setting
  public @Nullable PendingLimit pendingLimit() {
    return pendingLimit;
  }

  /// Who is told what happens in the pool.
  ///
  /// @return an unmodifiable list
  public List<PoolListener> listeners() {
    return listeners;
  }
}
