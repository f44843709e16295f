package dev.telar;

import java.time.Instant;
import java.util.List;

/// What a pool is doing, at one moment: [Pool#stats()].
///
/// Counts are of *tasks* since the pool was made, of all its views: single tasks and items of maps
/// and streams alike. They are kept without locks, so that a snapshot taken while tasks end may be
/// off by those. What a thread has seen the end of is counted.
///
/// @param time when the snapshot was taken
/// @param pool the name of the pool
/// @param engine what it runs on, such as `4 processes`
/// @param submitted tasks that were accepted
/// @param completed tasks that returned
/// @param failed tasks that threw, or whose worker died
/// @param timedOut tasks that exceeded a time limit
/// @param cancelled tasks that were cancelled, or dropped when their map or stream ended early
/// @param retried attempts that were made after a worker had died
/// @param rejected tasks that were refused because the pool was full or shut down
/// @param queued tasks and chunks that are in no worker yet, or rest before a retry
/// @param pending tasks that were accepted and have not ended, waiting and running
/// @param droppedEvents events that listeners were too slow for
/// @param workers the threads or processes; a pool of virtual threads tells of one worker, with all
///   its tasks
public record PoolStats(
    Instant time,
    String pool,
    String engine,
    long submitted,
    long completed,
    long failed,
    long timedOut,
    long cancelled,
    long retried,
    long rejected,
    long queued,
    long pending,
    long droppedEvents,
    List<WorkerStats> workers) {

  /// Copies the list.
  public PoolStats {
    workers = List.copyOf(workers);
  }
}
