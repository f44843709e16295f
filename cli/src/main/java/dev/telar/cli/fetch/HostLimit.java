package dev.telar.cli.fetch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/// How many requests this JVM may have at one host at a time.
final class HostLimit {

  private record Key(String host, int limit) {}

  private static final ConcurrentMap<Key, Semaphore> TURNS = new ConcurrentHashMap<>();

  private HostLimit() {}

  /// Waits for a turn at a host.
  ///
  /// @param limit how many turns there are, or 0 for no limit
  /// @return to be run when the turn is over
  static Runnable enter(String host, int limit) throws InterruptedException {
    if (limit == 0) {
      return () -> {};
    }
    Semaphore turns =
        TURNS.computeIfAbsent(new Key(host, limit), key -> new Semaphore(key.limit(), true));
    turns.acquire();
    return turns::release;
  }
}
