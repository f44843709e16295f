package dev.telar.internal.scheduling;

import dev.telar.PoolEvent;
import dev.telar.PoolListener;
import dev.telar.internal.flight.Abandonments;
import dev.telar.internal.flight.Flight;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Where the events of one pool go: to its listeners, and to Flight Recorder. Whoever has an event
/// to tell asks [#isOn()] first, so that nothing is made that nobody wants.
public final class PoolEvents {

  private static final AtomicLong IDS = new AtomicLong();

  private final String pool;
  private final List<ListenerQueue> listeners;
  private final Consumer<PoolEvent> abandonments = this::forListeners;

  PoolEvents(String pool, List<PoolListener> listeners) {
    this.pool = pool;
    this.listeners = listeners.stream().map(ListenerQueue::new).toList();
    if (!listeners.isEmpty()) {
      Abandonments.tell(abandonments);
    }
  }

  /// A number for a job.
  static long nextId() {
    return IDS.incrementAndGet();
  }

  /// The name of the pool.
  public String pool() {
    return pool;
  }

  /// Whether anybody wants events.
  public boolean isOn() {
    return !listeners.isEmpty() || Flight.isOn();
  }

  /// Tells an event. Does not block and runs no user code.
  public void tell(PoolEvent event) {
    Flight.record(event);
    forListeners(event);
  }

  private void forListeners(PoolEvent event) {
    for (ListenerQueue listener : listeners) {
      listener.add(event);
    }
  }

  long dropped() {
    return listeners.stream().mapToLong(ListenerQueue::dropped).sum();
  }

  /// The pool has ended.
  void close() {
    Abandonments.forget(abandonments);
  }
}
