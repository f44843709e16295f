package dev.telar.internal.scheduling;

import dev.telar.PoolEvent;
import dev.telar.PoolListener;
import dev.telar.internal.flight.Flight;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Where the events of one pool go: to its listeners, and to Flight Recorder. Whoever has an event
/// to tell asks [#isOn()] first, so that nothing is made that nobody wants.
public final class PoolEvents {

  /// The pools of this JVM that have listeners and are open.
  private static final Set<PoolEvents> LISTENING = ConcurrentHashMap.newKeySet();

  private static final AtomicLong IDS = new AtomicLong();

  private final String pool;
  private final List<ListenerQueue> listeners;

  PoolEvents(String pool, List<PoolListener> listeners) {
    this.pool = pool;
    this.listeners = listeners.stream().map(ListenerQueue::new).toList();
    if (!listeners.isEmpty()) {
      LISTENING.add(this);
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
    LISTENING.remove(this);
  }

  /// A shared lock was found to be held by nobody who lives.
  ///
  /// @param lock what is known of it
  /// @param pid the process that owned it, or 0
  public static void lockAbandoned(String lock, long pid) {
    if (!LISTENING.isEmpty() || Flight.isOn()) {
      var event = new PoolEvent.LockAbandoned(Instant.now(), "", lock, pid);
      Flight.record(event);
      LISTENING.forEach(pool -> pool.forListeners(event));
    }
  }
}
