package dev.telar.internal.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A `map` over a [Flow]: the calling thread brings the items and reads the results.
final class FlowMap {

  private static final int BATCH = 1024;

  private final Flow flow;
  private final Engine engine;
  private @Nullable Object[] results;
  private int size;

  FlowMap(Flow flow, Engine engine, int expected) {
    this.flow = flow;
    this.engine = engine;
    this.results = new @Nullable Object[expected];
  }

  /// The items as a collection, whose size is known.
  static <A extends @Nullable Object> Collection<? extends A> collected(
      Iterable<? extends A> items) {
    if (items instanceof Collection<? extends A> collection) {
      return collection;
    }
    var list = new ArrayList<A>();
    items.forEach(list::add);
    return list;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the values are the function's own results
  <R extends @Nullable Object> List<R> run(Scheduler scheduler, Iterable<?> items) {
    try {
      scheduler.open(flow);
      bring(items);
      flow.end(null);
      while (collect(flow.take())) {}
      return (List<R>) Collections.unmodifiableList(Arrays.asList(trimmed()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("interrupted while waiting for results").initCause(e);
    } finally {
      flow.close();
    }
  }

  private @Nullable Object[] trimmed() {
    return size == results.length ? results : Arrays.copyOf(results, size);
  }

  private void bring(Iterable<?> items) throws InterruptedException {
    var batch = new @Nullable Object[Math.clamp(results.length, 1, BATCH)];
    int filled = 0;
    for (Object item : items) {
      batch[filled++] = flow.pack(engine, item);
      size++;
      if (filled == batch.length) {
        bring(batch, filled);
        filled = 0;
      }
    }
    bring(batch, filled);
  }

  private void bring(@Nullable Object[] batch, int filled) throws InterruptedException {
    for (int from = 0; from < filled; ) {
      int taken = flow.offer(batch, from, filled);
      from += taken;
      if (taken == 0) {
        collect(flow.take());
      }
    }
  }

  private boolean collect(Flow.@Nullable Chunk chunk) {
    if (chunk == null) {
      return false;
    }
    if (flow.countsEachResult()) {
      flow.delivered(chunk.items());
    }
    ChunkResult result = chunk.result();
    int at = Math.toIntExact(chunk.index());
    if (at + result.size() > results.length) { // the collection grew meanwhile
      results = Arrays.copyOf(results, Math.max(at + result.size(), 2 * results.length));
    }
    try {
      for (int i = result.size(); i > 0; i--) {
        results[at++] = result.next();
      }
    } catch (Exception e) {
      throw new CompletionException(e);
    }
    if (result.failure() != null) {
      throw new CompletionException(Objects.requireNonNull(result.failure()));
    }
    return true;
  }
}
