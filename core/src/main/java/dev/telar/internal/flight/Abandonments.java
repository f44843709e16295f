package dev.telar.internal.flight;

import dev.telar.PoolEvent;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Where it is told that a shared lock has outlived its owner: no pool's event, so all pools of
/// this JVM that listen are told, and Flight Recorder.
public final class Abandonments {

  private static final Set<Consumer<PoolEvent>> LISTENERS = ConcurrentHashMap.newKeySet();

  private Abandonments() {}

  /// Tells somebody from now on.
  ///
  /// @param listener does not block and runs no user code
  public static void tell(Consumer<PoolEvent> listener) {
    LISTENERS.add(listener);
  }

  /// Tells somebody no more.
  public static void forget(Consumer<PoolEvent> listener) {
    LISTENERS.remove(listener);
  }

  /// A shared lock was found to be held by nobody who lives.
  ///
  /// @param lock whose lock it was; its `toString` is told
  /// @param pid the process that owned it, or 0 if that is not known
  public static void found(Object lock, long pid) {
    if (!LISTENERS.isEmpty() || Flight.isOn()) {
      var event = new PoolEvent.LockAbandoned(Instant.now(), "", lock.toString(), pid);
      Flight.record(event);
      LISTENERS.forEach(listener -> listener.accept(event));
    }
  }
}
