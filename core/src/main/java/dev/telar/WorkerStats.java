package dev.telar;

import java.time.Duration;
import java.util.List;

/// What one worker is doing, at one moment: part of [PoolStats].
///
/// @param name its name, that of its thread or process
/// @param pid its process id; that of this JVM for a thread, 0 if the process is not started
/// @param state what it does
/// @param running what it runs now
/// @param waiting how many jobs were sent to it and wait for those that run
/// @param tasksDone how many tasks it has run, items of chunks counted one by one
/// @param memory its resident memory in bytes, without what it has started; 0 for a thread, or if
///   it is not known
/// @param cpu the processor time that it has used, as far as the system tells
/// @param starting how long it took to come up
/// @param idle how long its threads have waited for work, together
/// @param decoding how long it has read tasks and arguments
/// @param computing how long it has run tasks
/// @param encoding how long it has written results
public record WorkerStats(
    String name,
    long pid,
    State state,
    List<RunningTask> running,
    int waiting,
    long tasksDone,
    long memory,
    Duration cpu,
    Duration starting,
    Duration idle,
    Duration decoding,
    Duration computing,
    Duration encoding) {

  /// Copies the list.
  public WorkerStats {
    running = List.copyOf(running);
  }

  /// What a worker does.
  public enum State {
    /// It is not up yet.
    STARTING,
    /// It is up, and waits until another worker is missing.
    STANDBY,
    /// It has nothing to do.
    IDLE,
    /// It runs tasks.
    BUSY,
    /// It takes no more tasks, and ends when it has none.
    RETIRING
  }

  /// A task that runs.
  ///
  /// @param name the name of the task, or of the item of a chunk
  /// @param attempt 1, or more after retries
  /// @param since how long it has been running; for an item of a chunk without a time limit, how
  ///   long the chunk has
  public record RunningTask(String name, int attempt, Duration since) {}
}
