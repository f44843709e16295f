package dev.telar.internal.scheduling;

import dev.telar.PoolListener;
import java.util.List;

/// What is known of the tasks of one pool: how many there were, how long they take, and who is
/// told.
public final class Observation {

  private final Durations durations = new Durations();
  private final TaskCounts counts = new TaskCounts();
  private final PoolEvents events;

  Observation(String pool, List<PoolListener> listeners) {
    this.events = new PoolEvents(pool, listeners);
  }

  Durations durations() {
    return durations;
  }

  TaskCounts counts() {
    return counts;
  }

  /// Who is told.
  public PoolEvents events() {
    return events;
  }
}
