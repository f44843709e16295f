package dev.telar.internal.scheduling;

import dev.telar.PoolEvent;
import dev.telar.PoolListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Brings events to one listener, in order, on a thread that is borrowed while there are some.
/// Nobody waits for the listener: what it is too slow for is dropped.
final class ListenerQueue {

  /// How many events wait for a listener.
  static final int CAPACITY = 8192;

  private static final System.Logger LOG = System.getLogger(ListenerQueue.class.getName());

  private final PoolListener listener;
  private final ArrayBlockingQueue<PoolEvent> events = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean delivering = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean hasThrown;

  ListenerQueue(PoolListener listener) {
    this.listener = listener;
  }

  long dropped() {
    return dropped.sum();
  }

  void add(PoolEvent event) {
    if (!events.offer(event)) {
      dropped.increment();
    }
    start();
  }

  private void start() {
    if (!events.isEmpty() && delivering.compareAndSet(false, true)) {
      try {
        Callbacks.runUntrusted(this::deliver);
      } catch (RuntimeException | Error e) { // no thread to be had; the next event tries again
        delivering.set(false);
      }
    }
  }

  private void deliver() {
    try {
      for (PoolEvent event; (event = events.poll()) != null; ) {
        tell(event);
      }
    } finally {
      delivering.set(false);
    }
    start(); // for what came in between
  }

  private void tell(PoolEvent event) {
    try {
      listener.onEvent(event);
    } catch (Throwable e) {
      if (!hasThrown) {
        hasThrown = true;
        LOG.log(System.Logger.Level.WARNING, "a pool's listener failed; told once", e);
      }
    }
  }
}
