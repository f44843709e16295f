package dev.telar;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A worker process died while it ran the task. Only the tasks that were running in it fail with
/// this; those that waited there go to other workers, and a replacement starts.
///
/// The message says all of it in words: which worker, how it died, which task it ran and for how
/// long, what the JVM's own report says, and what it last printed to standard error.
public class WorkerCrashedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String task;
  private final int attempt;
  private final Duration ran;
  private final WorkerDeath death;

  /// Describes a death under a task.
  ///
  /// @param message what happened, to whom
  /// @param task the name of the task, or of the item of a `map`
  /// @param attempt which attempt it was: 1 for the first
  /// @param ran how long the task had run
  /// @param death how the worker died
  public WorkerCrashedException(
      String message, String task, int attempt, Duration ran, WorkerDeath death) {
    super(message);
    this.task = task;
    this.attempt = attempt;
    this.ran = ran;
    this.death = death;
  }

  /// The task that was running.
  ///
  /// @return its name, or that of the item of a `map` or `stream`
  public String task() {
    return task;
  }

  /// Which attempt it was; more than 1 only with [TaskOptions#retries(int)].
  ///
  /// @return 1 for the first
  public int attempt() {
    return attempt;
  }

  /// How long the task had run when the worker's death was noticed. For an item of a `map` that
  /// travelled in a chunk, and has no time limit, it counts from the start of the chunk.
  ///
  /// @return the time since its start in the worker
  public Duration ran() {
    return ran;
  }

  /// How the worker died.
  ///
  /// @return all that is known
  public WorkerDeath death() {
    return death;
  }

  /// Why the worker died.
  ///
  /// @return the cause
  public CrashCause crashCause() {
    return death.cause();
  }

  /// How the workers died in which the task was tried before, if
  /// [retries][TaskOptions#retries(int)] were allowed: what [#getSuppressed()] holds of this type.
  ///
  /// @return one for each earlier attempt, in order
  public List<WorkerCrashedException> earlierCrashes() {
    return Stream.of(getSuppressed())
        .filter(WorkerCrashedException.class::isInstance)
        .map(WorkerCrashedException.class::cast)
        .toList();
  }

  /// The name of the worker.
  ///
  /// @return the name
  public String worker() {
    return death.worker();
  }

  /// The process id of the worker.
  ///
  /// @return the id, which may belong to another process by now
  public long pid() {
    return death.pid();
  }

  /// The exit code, if the process ended by itself.
  ///
  /// @return the code, or empty if a signal ended it
  public OptionalInt exitCode() {
    return death.exitCode();
  }

  /// The signal that ended the process; see [WorkerDeath#signal()].
  ///
  /// @return its number, or empty if the process ended by itself
  public OptionalInt signal() {
    return death.signal();
  }

  /// Where the worker crashed in native code.
  ///
  /// @return the frame, or empty if the JVM wrote no report
  public Optional<String> problematicFrame() {
    return death.problematicFrame();
  }

  /// The JVM's own report of its crash, if the pool keeps such
  /// ([ProcessPoolBuilder#crashReports(Path)]).
  ///
  /// @return the file, or empty
  public Optional<Path> report() {
    return death.report();
  }

  /// The last lines that the worker printed to standard error, at most twenty.
  ///
  /// @return the lines, oldest first
  public List<String> lastErrorLines() {
    return death.lastErrorLines();
  }
}
