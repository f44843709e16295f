package dev.telar.internal.process;

import dev.telar.PoolEvent;
import dev.telar.internal.scheduling.PoolEvents;
import java.time.Duration;
import java.time.Instant;

/// Tells what becomes of one worker.
///
/// @param events who is told
/// @param worker the name of the worker
record WorkerEvents(PoolEvents events, String worker) {

  void started(long pid) {
    if (events.isOn()) {
      events.tell(new PoolEvent.WorkerStarted(Instant.now(), events.pool(), worker, pid));
    }
  }

  void ready(long pid, Duration starting) {
    if (events.isOn()) {
      events.tell(new PoolEvent.WorkerReady(Instant.now(), events.pool(), worker, pid, starting));
    }
  }

  void recycled(long pid, String reason) {
    if (events.isOn()) {
      events.tell(new PoolEvent.WorkerRecycled(Instant.now(), events.pool(), worker, pid, reason));
    }
  }

  /// The worker is buried.
  ///
  /// @param expected whether it was told to end
  void gone(WorkerProcess dead, boolean expected) {
    if (events.isOn()) {
      Instant now = Instant.now();
      events.tell(
          expected
              ? new PoolEvent.WorkerEnded(now, events.pool(), worker, dead.pid())
              : new PoolEvent.WorkerDied(
                  now, events.pool(), worker, dead.pid(), dead.autopsy().death()));
    }
  }
}
