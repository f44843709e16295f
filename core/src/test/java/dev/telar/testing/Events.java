package dev.telar.testing;

import static org.awaitility.Awaitility.await;

import dev.telar.PoolEvent;
import dev.telar.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A listener that remembers what it was told.
public final class Events implements PoolListener {

  private final CopyOnWriteArrayList<PoolEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(PoolEvent event) {
    events.add(event);
  }

  /// All events so far.
  public List<PoolEvent> all() {
    return List.copyOf(events);
  }

  /// The events of one kind so far.
  public <E extends PoolEvent> List<E> of(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Waits for an event of a kind.
  public <E extends PoolEvent> E awaitFirst(Class<E> kind, Predicate<E> wanted) {
    await().atMost(Duration.ofSeconds(20)).until(() -> of(kind).stream().anyMatch(wanted));
    return of(kind).stream().filter(wanted).findFirst().orElseThrow();
  }

  /// Waits for an event of a kind.
  public <E extends PoolEvent> E awaitFirst(Class<E> kind) {
    return awaitFirst(kind, _ -> true);
  }
}
