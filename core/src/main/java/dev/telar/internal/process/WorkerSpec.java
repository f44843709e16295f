package dev.telar.internal.process;

import dev.telar.Action;
import dev.telar.OutputHandler;
import dev.telar.ProcessPoolConfig;
import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.system.JavaCommand;
import dev.telar.internal.system.LineHandler;
import dev.telar.internal.system.MachineLimits;
import dev.telar.internal.system.Nesting;
import dev.telar.internal.system.ResidentMemory;
import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.internal.wire.UpkeepSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that the workers of a pool have in common.
///
/// @param directory where their sockets and pages are
/// @param command how their JVMs are started
/// @param environment what their environment has besides the inherited one
/// @param workingDirectory where they run, or null for here
/// @param startTimeout how long the JVM may take to connect
/// @param initializerTimeout how long the initializer may run
/// @param threads how many jobs run at once in each
/// @param upkeep what they look after between tasks
/// @param initializer what they run first, or null
/// @param dictionary the class numbers of this pool's messages
/// @param loaders the class loaders that workers may ask for classes
/// @param single whether each runs a single action, as its `main`
/// @param memory what each may take
/// @param reports where the JVMs write of their crashes
/// @param output makes the handler of a worker's output from its name
record WorkerSpec(
    RuntimeDirectory directory,
    JavaCommand command,
    Map<String, String> environment,
    @Nullable Path workingDirectory,
    Duration startTimeout,
    Duration initializerTimeout,
    int threads,
    UpkeepSettings upkeep,
    @Nullable Encoded initializer,
    ClassDictionary dictionary,
    Loaders loaders,
    boolean single,
    MemoryGuard.Limits memory,
    CrashReports reports,
    Function<String, LineHandler> output) {

  /// What the settings of a pool come to.
  ///
  /// @throws IllegalArgumentException if there is no Java or no directory where they say
  static WorkerSpec forPool(ProcessPoolConfig config, Packing packing) {
    Path workingDirectory = config.directory();
    if (workingDirectory != null && !Files.isDirectory(workingDirectory)) {
      throw new IllegalArgumentException(workingDirectory + " is not a directory");
    }
    Action initializer = config.initializer();
    Encoded encoded = initializer == null ? null : packing.task(initializer);
    OutputHandler handler = config.outputHandler();
    RuntimeDirectory directory = RuntimeDirectory.acquire();
    try {
      CrashReports reports = CrashReports.in(config.crashReports(), directory);
      return new WorkerSpec(
          directory,
          command(config, directory, reports),
          config.environment(),
          workingDirectory,
          config.startTimeout(),
          config.initializerTimeout(),
          config.threadsPerWorker(),
          new UpkeepSettings(config.leaks(), config.maxLeftThreads(), config.maxRetainedHeap()),
          encoded,
          packing.dictionary(),
          packing.loaders(),
          false,
          limits(config),
          reports,
          name ->
              handler == null
                  ? LineHandler.printing()
                  : (error, line) -> handler.line(name, error, line));
    } catch (RuntimeException | Error e) {
      directory.release();
      throw e;
    }
  }

  private static MemoryGuard.Limits limits(ProcessPoolConfig config) {
    var limits = new MemoryGuard.Limits(config.maxMemory(), config.softMaxMemory());
    if ((limits.hard() > 0 || limits.soft() > 0) && !ResidentMemory.isKnown()) {
      throw new UnsupportedOperationException(
          "maxMemory and softMaxMemory need Linux: how much memory a process takes is read from"
              + " /proc; bound the heap with maxHeap instead");
    }
    return limits;
  }

  private static JavaCommand command(
      ProcessPoolConfig config, RuntimeDirectory directory, CrashReports reports) {
    var properties = new LinkedHashMap<>(config.systemProperties());
    int depth = Nesting.depth();
    int nesting = depth == 0 ? config.nesting() : Nesting.limit();
    properties.put(Nesting.DEPTH_PROPERTY, Integer.toString(depth + 1));
    properties.put(Nesting.LIMIT_PROPERTY, Integer.toString(nesting));
    long heap = config.maxHeap();
    return JavaCommand.builder(directory, WorkerProcess.mainClass())
        .javaHome(config.javaHome())
        .maxHeap(
            heap > 0 ? heap : MachineLimits.defaultWorkerHeap(config.workers() + config.spares()))
        .errorFile(reports.pattern())
        .processors(Math.max(1, MachineLimits.processors() / config.workers()))
        .jvmArgs(config.jvmArgs())
        .systemProperties(properties)
        .classPath(config.classPath())
        .modulePath(config.modulePath())
        .build();
  }

  /// The same for a process that runs a single action.
  WorkerSpec asSingle() {
    return new WorkerSpec(
        directory,
        command,
        environment,
        workingDirectory,
        startTimeout,
        initializerTimeout,
        1,
        UpkeepSettings.NONE,
        null,
        dictionary,
        loaders,
        true,
        memory,
        reports,
        output);
  }

  /// The same for a process that runs one of our own actions in silence.
  ///
  /// @param command how it is started
  /// @param packing what packs the action
  WorkerSpec asSilent(JavaCommand command, Packing packing) {
    return new WorkerSpec(
        RuntimeDirectory.acquire(),
        command,
        environment,
        workingDirectory,
        startTimeout,
        initializerTimeout,
        1,
        UpkeepSettings.NONE,
        null,
        packing.dictionary(),
        packing.loaders(),
        true,
        memory,
        reports,
        name -> (error, line) -> {});
  }
}
