package dev.telar.internal.scheduling;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Gatherer;
import java.util.stream.Gatherer.Downstream;
import org.jspecify.annotations.Nullable;

/// One use of a [Flow] inside a Java stream, which pushes its items in and gets results pushed out
/// by the same thread.
final class FlowGatherer<A extends @Nullable Object, R extends @Nullable Object> {

  private final Flow flow;
  private final Engine engine;

  private FlowGatherer(Flow flow, Scheduler scheduler, Engine engine) {
    this.flow = flow;
    this.engine = engine;
    FlowStream.CLEANER.register(this, flow::close);
    scheduler.open(flow);
  }

  static <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> of(
      Supplier<Flow> flows, Scheduler scheduler, Engine engine) {
    return Gatherer.<A, FlowGatherer<A, R>, R>ofSequential(
        () -> new FlowGatherer<>(flows.get(), scheduler, engine),
        Gatherer.Integrator.of(FlowGatherer::integrate),
        FlowGatherer::finish);
  }

  private boolean integrate(A item, Downstream<? super R> downstream) {
    var items = new @Nullable Object[] {flow.pack(engine, item)};
    while (flow.offer(items, 0, 1) == 0 || flow.isEnded()) {
      if (!emitNext(downstream)) {
        return false;
      }
    }
    for (Flow.Chunk chunk; (chunk = flow.takeNow()) != null; ) {
      if (!emit(chunk.result(), downstream)) {
        return false;
      }
    }
    return !downstream.isRejecting();
  }

  private void finish(Downstream<? super R> downstream) {
    if (downstream.isRejecting()) {
      flow.close();
      return;
    }
    flow.end(null);
    while (emitNext(downstream)) {}
    flow.close();
  }

  private boolean emitNext(Downstream<? super R> downstream) {
    try {
      Flow.Chunk chunk = flow.take();
      Throwable cutShort = chunk == null ? flow.sourceFailure() : null;
      if (cutShort != null) { // the pool was shut down
        throw Unchecked.sneaky(cutShort);
      }
      return chunk != null && emit(chunk.result(), downstream);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      flow.close();
      throw (CancellationException)
          new CancellationException("interrupted while waiting for results").initCause(e);
    } catch (RuntimeException e) {
      flow.close();
      throw e;
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is the function's own result
  private boolean emit(ChunkResult chunk, Downstream<? super R> downstream) {
    for (int i = chunk.size(); i > 0; i--) {
      R result;
      try {
        result = (R) chunk.next();
      } catch (Exception e) {
        throw failed(e);
      }
      if (flow.countsEachResult()) {
        flow.delivered(1);
      }
      if (!downstream.push(result)) {
        flow.close();
        return false;
      }
    }
    if (chunk.failure() != null) {
      throw failed(Objects.requireNonNull(chunk.failure()));
    }
    return true;
  }

  private CompletionException failed(Throwable error) {
    flow.close();
    return new CompletionException(error);
  }
}
