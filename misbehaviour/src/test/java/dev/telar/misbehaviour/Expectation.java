package dev.telar.misbehaviour;

import static dev.telar.misbehaviour.Expectation.Got.aValue;
import static dev.telar.misbehaviour.Expectation.Got.anError;

import dev.telar.MemoryLimitExceededException;
import dev.telar.ProcessPool;
import dev.telar.RemoteTaskException;
import dev.telar.TaskNotSerializableException;
import dev.telar.TaskOutOfMemoryException;
import dev.telar.TaskTimeoutException;
import dev.telar.WorkerCrashedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// What the caller of an accident gets from a pool, and within which time.
///
/// @param limit the time limit that the task is given
/// @param within how long the caller waits at most, on a machine that has other things to do too
/// @param got what comes
record Expectation(Duration limit, Duration within, Got got) {

  /// The outcome of a future.
  ///
  /// @param type the class of the value or of the exception
  /// @param error whether it is an exception
  /// @param saying what its message contains
  record Got(Class<?> type, boolean error, String saying) {

    static Got aValue(Class<?> type) {
      return new Got(type, false, "");
    }

    static Got anError(Class<? extends Throwable> type, String saying) {
      return new Got(type, true, saying);
    }
  }

  /// Whether the workers have Telar in a jar, which is open. From a folder, they cannot load what
  /// they would need to tell of a want of file descriptors.
  private static final boolean IN_A_JAR =
      ProcessPool.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .getPath()
          .endsWith(".jar");

  static final Duration GRACE = Duration.ofMillis(300);

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SLACK = Duration.ofSeconds(4);

  /// What is promised for each of them.
  static Expectation of(Misbehaviour accident) {
    return switch (accident) {
      case SLEEP_FOR_EVER,
          SPIN_FOR_EVER,
          SWALLOW_INTERRUPTS,
          BLOCK_IN_NATIVE_CODE,
          BLOCK_EVERY_SAFEPOINT,
          DEADLOCK,
          STOP_ITSELF,
          HANG_WITH_CHILDREN,
          EXIT_FROM_A_SHUTDOWN_HOOK,
          EAT_HEAP_AND_CARRY_ON ->
          soon(anError(TaskTimeoutException.class, "1s"));

      case EAT_HEAP -> atLength(anError(TaskOutOfMemoryException.class, "heap"));
      case EAT_METASPACE -> atLength(anError(TaskOutOfMemoryException.class, "no memory left"));
      case EAT_DIRECT_MEMORY -> atLength(anError(TaskOutOfMemoryException.class, "direct"));
      case EAT_NATIVE_MEMORY -> atLength(anError(MemoryLimitExceededException.class, ""));
      case RECURSE_FOR_EVER -> atLength(anError(StackOverflowError.class, ""));
      case TAKE_EVERY_DESCRIPTOR ->
          atLength(
              IN_A_JAR
                  ? anError(IOException.class, "Too many open files")
                  : anError(WorkerCrashedException.class, "code 1"));
      case FILL_THE_DISK -> atLength(anError(IOException.class, "No space left"));

      case CLOSE_EVERY_DESCRIPTOR -> atLength(anError(WorkerCrashedException.class, ""));

      case EXIT -> byItself(anError(WorkerCrashedException.class, "exit"));
      case HALT -> byItself(anError(WorkerCrashedException.class, "4"));
      case WRITE_TO_A_WILD_ADDRESS -> atLength(anError(WorkerCrashedException.class, "SIGSEGV"));
      case ABORT -> atLength(anError(WorkerCrashedException.class, "SIGABRT"));
      case KILL_ITSELF -> byItself(anError(WorkerCrashedException.class, "SIGKILL"));
      case TERMINATE_ITSELF -> byItself(anError(WorkerCrashedException.class, "SIGTERM"));

      case THROW_WHAT_CANNOT_SAY_WHY -> atLength(anError(RemoteTaskException.class, "Mute"));
      case THROW_WHAT_NOBODY_KNOWS ->
          atLength(anError(RemoteTaskException.class, "nowhere.UnknownException"));
      case THROW_WHAT_CANNOT_TRAVEL -> atLength(anError(RemoteTaskException.class, "Loaded"));
      case THROW_A_CIRCLE_OF_CAUSES ->
          atLength(anError(IllegalStateException.class, "the first of a circle"));
      case THROW_A_DEEP_CHAIN_OF_CAUSES ->
          atLength(anError(RuntimeException.class, "the outermost of many"));

      case RETURN_WHAT_CANNOT_TRAVEL ->
          atLength(anError(TaskNotSerializableException.class, "Thread"));
      case RETURN_A_DEEP_GRAPH -> atLength(anError(TaskNotSerializableException.class, "deep"));
      case RETURN_WHAT_IS_READ_FOR_EVER, RETURN_A_BOMB ->
          atLength(anError(TimeoutException.class, "cannot be read"));

      case CLOSE_THE_STREAMS,
          CLOSE_THE_DESCRIPTORS,
          FLOOD_STDOUT,
          FLOOD_STDERR,
          PRINT_THE_PROTOCOL,
          LEAVE_THREADS,
          LEAVE_A_HANGING_HOOK,
          LEAVE_INTERRUPTED,
          CHANGE_LOCALE,
          CHANGE_TIME_ZONE,
          CHANGE_SYSTEM_PROPERTIES,
          CHANGE_STREAMS,
          CHANGE_CONTEXT_CLASS_LOADER,
          LOWEST_PRIORITY,
          DELETE_ITS_OWN_FILES ->
          atLength(aValue(Void.class));
      case LEAVE_CHILDREN -> atLength(aValue(long[].class));
    };
  }

  private static Expectation soon(Got got) {
    return new Expectation(SHORT, SHORT.plus(GRACE).plus(SLACK), got);
  }

  /// As soon, though no limit ends it.
  private static Expectation byItself(Got got) {
    return new Expectation(LONG, SHORT.plus(GRACE).plus(SLACK), got);
  }

  private static Expectation atLength(Got got) {
    return new Expectation(LONG, LONG, got);
  }
}
