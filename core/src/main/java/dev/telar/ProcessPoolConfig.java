package dev.telar;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a [ProcessPool], as its builder was given them.
///
/// @param name the name of the pool
/// @param workers the number of worker processes
/// @param threadsPerWorker the number of tasks that run at once in each worker
/// @param tasksPerWorker after how many tasks a worker is replaced; 0: never
/// @param maxHeap the maximum heap of each worker in bytes; 0, until the pool is made, for what the
///   container allows
/// @param jvmArgs further arguments of the workers' JVMs
/// @param systemProperties system properties of the workers
/// @param environment environment variables of the workers, besides the inherited ones
/// @param directory the working directory of the workers, or null for the parent's
/// @param classPath additions to the class path
/// @param modulePath additions to the module path
/// @param javaHome the JDK or JRE of the workers, or null for the parent's
/// @param initializer what each worker runs before its first task, or null
/// @param initializerTimeout how long the initializer may run
/// @param startTimeout how long a worker may take to start, without the initializer
/// @param idleTimeout after how long without a task a worker ends, or null for never
/// @param grace how long an interrupted task may go on before its worker is killed
/// @param nesting how deep process pools may be made inside tasks
/// @param outputHandler takes what workers print, or null to print it on the parent's streams
public record ProcessPoolConfig(
    String name,
    int workers,
    int threadsPerWorker,
    int tasksPerWorker,
    long maxHeap,
    List<String> jvmArgs,
    Map<String, String> systemProperties,
    Map<String, String> environment,
    @Nullable Path directory,
    List<Path> classPath,
    List<Path> modulePath,
    @Nullable Path javaHome,
    @Nullable Action initializer,
    Duration initializerTimeout,
    Duration startTimeout,
    @Nullable Duration idleTimeout,
    Duration grace,
    int nesting,
    @Nullable OutputHandler outputHandler) {

  /// Copies the collections.
  public ProcessPoolConfig {
    jvmArgs = List.copyOf(jvmArgs);
    systemProperties = Map.copyOf(systemProperties);
    environment = Map.copyOf(environment);
    classPath = List.copyOf(classPath);
    modulePath = List.copyOf(modulePath);
  }

  /// The same settings with another maximum heap.
  ///
  /// @param bytes the maximum heap of each worker
  /// @return the changed copy
  public ProcessPoolConfig withMaxHeap(long bytes) {
    return new ProcessPoolConfig(
        name,
        workers,
        threadsPerWorker,
        tasksPerWorker,
        bytes,
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
}
