package dev.telar;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened in a pool, told to its [PoolListener]s and to JDK Flight Recorder under
/// the same names (`dev.telar.TaskSubmitted`…).
///
/// What runs at once is one *job*: a single task, or a chunk of consecutive items of a `map` or
/// stream. Events are told of jobs, never of each item. A job has an `id`, unique in this JVM, and
/// ends with exactly one of [TaskFinished], [TaskFailed], [TaskTimedOut] and [TaskCancelled]. A
/// chunk that is taken apart, because its worker died or an item of it failed where failures are
/// collected, ends, and its rest comes back as other jobs.
///
/// Immutable, and safe to keep.
public sealed interface PoolEvent {

  /// When it happened.
  ///
  /// @return the time by this JVM's wall clock
  Instant time();

  /// Where.
  ///
  /// @return the name of the pool; empty for [LockAbandoned], which is no pool's
  String pool();

  /// An event of a job.
  sealed interface OfTask extends PoolEvent {

    /// The number of the job.
    ///
    /// @return a number that no other job in this JVM has
    long id();

    /// The job's name, such as `pool-task-7` or `pool-map-1 items 0–63`.
    ///
    /// @return the name
    String task();
  }

  /// An event of a worker process.
  sealed interface OfWorker extends PoolEvent {

    /// The worker.
    ///
    /// @return its name
    String worker();

    /// The worker's process.
    ///
    /// @return its id
    long pid();
  }

  /// A job came in.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param id the number of the job
  /// @param task the name of the job
  /// @param items how many items it has; 1 for a single task
  record TaskSubmitted(Instant time, String pool, long id, String task, int items)
      implements OfTask {}

  /// A job was started in a worker. Of a worker process this is told some 10 ms late, or together
  /// with the end of the job; the time is right.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param id the number of the job
  /// @param task the name of the job
  /// @param worker the name of the thread or process
  /// @param attempt 1, or more after retries
  record TaskStarted(Instant time, String pool, long id, String task, String worker, int attempt)
      implements OfTask {}

  /// A job has run to its end. In a job whose failures are collected, items may have failed.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param id the number of the job
  /// @param task the name of the job
  /// @param worker the name of the thread or process
  /// @param ran how long it ran, reading its arguments and writing its result included
  record TaskFinished(Instant time, String pool, long id, String task, String worker, Duration ran)
      implements OfTask {}

  /// A job has failed: by what the task threw, or because its worker died.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param id the number of the job
  /// @param task the name of the job
  /// @param worker the name of the thread or process, or null if it never was in one
  /// @param error why; null for a chunk, whose error is read by its consumer
  record TaskFailed(
      Instant time,
      String pool,
      long id,
      String task,
      @Nullable String worker,
      @Nullable Throwable error)
      implements OfTask {}

  /// A job exceeded a time limit.
  ///
  /// @param time when that was told to its future
  /// @param pool the name of the pool
  /// @param id the number of the job
  /// @param task the name of the job
  /// @param worker the name of the thread or process
  record TaskTimedOut(Instant time, String pool, long id, String task, @Nullable String worker)
      implements OfTask {}

  /// A job has ended without anybody wanting its result any more, or was not run.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param id the number of the job
  /// @param task the name of the job
  record TaskCancelled(Instant time, String pool, long id, String task) implements OfTask {}

  /// A worker process was started; its JVM comes up.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param worker the name of the worker
  /// @param pid its process id
  record WorkerStarted(Instant time, String pool, String worker, long pid) implements OfWorker {}

  /// A worker process can take tasks.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param worker the name of the worker
  /// @param pid its process id
  /// @param starting how long it took to come up, the initializer included
  record WorkerReady(Instant time, String pool, String worker, long pid, Duration starting)
      implements OfWorker {}

  /// A worker process takes no more tasks, and another one takes its place, or will when it is
  /// needed.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param worker the name of the worker
  /// @param pid its process id
  /// @param reason why, in words
  record WorkerRecycled(Instant time, String pool, String worker, long pid, String reason)
      implements OfWorker {}

  /// A worker process died, or could not be started, without having been told to end.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param worker the name of the worker
  /// @param pid its process id
  /// @param death how it died
  record WorkerDied(Instant time, String pool, String worker, long pid, WorkerDeath death)
      implements OfWorker {}

  /// A worker process has ended because it was told to.
  ///
  /// @param time when
  /// @param pool the name of the pool
  /// @param worker the name of the worker
  /// @param pid its process id
  record WorkerEnded(Instant time, String pool, String worker, long pid) implements OfWorker {}

  /// The owner of a shared lock died with it, and this JVM has the lock now. Told to the listeners
  /// of all pools of this JVM; if a task in a worker process comes next, only Flight Recorder in
  /// that process is told.
  ///
  /// @param time when that was noticed
  /// @param pool empty: a lock is no pool's
  /// @param lock what it is the lock of: `SharedLock`, `SharedQueue`…
  /// @param pid the process that owned it; 0 if that is not known
  record LockAbandoned(Instant time, String pool, String lock, long pid) implements PoolEvent {}
}
