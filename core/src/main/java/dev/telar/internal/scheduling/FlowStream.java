package dev.telar.internal.scheduling;

import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The consumer's end of a [Flow] as a Java stream, and the thread that pulls its input.
///
/// Nothing that lives as long as the work refers to this object, so that an abandoned stream is
/// found by the garbage collector, which closes the flow.
final class FlowStream<R extends @Nullable Object> implements Spliterator<R> {

  static final Cleaner CLEANER = Cleaner.create(Daemons.named("telar-cleaner-"));

  private final Flow flow;
  private final Scheduler scheduler;
  private @Nullable Puller puller;
  private @Nullable ChunkResult current;
  private int left;

  private FlowStream(Flow flow, Scheduler scheduler, Puller puller) {
    this.flow = flow;
    this.scheduler = scheduler;
    this.puller = puller;
    CLEANER.register(this, flow::close);
  }

  static <A extends @Nullable Object, R extends @Nullable Object> Stream<R> of(
      Flow flow, Scheduler scheduler, Engine engine, Iterable<? extends A> items) {
    var spliterator = new FlowStream<R>(flow, scheduler, new Puller(flow, engine, items));
    return StreamSupport.stream(spliterator, false).onClose(flow::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super R> action) {
    Objects.requireNonNull(action);
    startPulling();
    while (true) {
      ChunkResult chunk = current;
      if (chunk != null && left > 0) {
        left--;
        R result = read(chunk);
        if (flow.countsEachResult()) {
          flow.delivered(1);
        }
        action.accept(result);
        return true;
      }
      if (chunk != null && chunk.failure() != null) {
        throw failed(Objects.requireNonNull(chunk.failure()));
      }
      if (!nextChunk()) {
        return false;
      }
    }
  }

  private void startPulling() {
    Puller first = puller;
    if (first != null) {
      puller = null;
      try {
        scheduler.open(flow);
        first.start();
      } catch (RuntimeException | Error e) {
        flow.close();
        throw e;
      }
    }
  }

  private boolean nextChunk() {
    Flow.Chunk next;
    try {
      next = flow.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      flow.close();
      throw (CancellationException)
          new CancellationException("interrupted while waiting for results").initCause(e);
    } catch (RuntimeException e) {
      flow.close();
      throw e;
    }
    if (next == null) {
      Throwable error = flow.sourceFailure();
      flow.close();
      if (error != null) {
        throw Unchecked.sneaky(error);
      }
      return false;
    }
    current = next.result();
    left = current.size();
    return true;
  }

  private R read(ChunkResult chunk) {
    try {
      return value(chunk.next());
    } catch (Exception e) {
      throw failed(e);
    }
  }

  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <T extends @Nullable Object> T value(@Nullable Object result) {
    return (T) result;
  }

  private CompletionException failed(Throwable error) {
    flow.close();
    return new CompletionException(error);
  }

  @Override
  public @Nullable Spliterator<R> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED;
  }

  /// The thread that pulls items from the user's iterator. A platform thread: an iterator may read
  /// from something that would take a carrier away from the virtual threads.
  private static final class Puller implements Runnable {
    private final Flow flow;
    private final Engine engine;
    private final Iterable<?> items;

    Puller(Flow flow, Engine engine, Iterable<?> items) {
      this.flow = flow;
      this.engine = engine;
      this.items = items;
    }

    void start() {
      Thread thread = Thread.ofPlatform().daemon().name("telar-puller").unstarted(this);
      flow.onClose(thread::interrupt);
      thread.start();
    }

    @Override
    public void run() {
      try {
        Iterator<?> iterator = items.iterator();
        while (flow.awaitRoom() && iterator.hasNext()) {
          if (!flow.put(flow.pack(engine, iterator.next()))) {
            break;
          }
        }
        flow.end(null);
      } catch (InterruptedException e) {
        flow.end(e); // closed
      } catch (Throwable e) {
        flow.end(e);
      }
    }
  }
}
