package dev.telar.internal.scheduling;

import dev.telar.Outcome;
import dev.telar.StatefulFunction;
import dev.telar.StatefulOutcomes;
import dev.telar.StatefulPool;
import dev.telar.StatefulTask;
import dev.telar.TaskFuture;
import dev.telar.TaskOptions;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pool and a state.
final class StatefulView<S extends @Nullable Object> implements StatefulPool<S> {

  /// What all views of one state refer to, and nothing else: when it is unreachable, or one of them
  /// is closed, the state is not given out any more.
  private static final class Hold {
    private final WorkerState state;
    private final Cleaner.Cleanable end;

    Hold(WorkerState state) {
      this.state = state;
      this.end = FlowStream.CLEANER.register(this, state::close);
    }
  }

  private final SchedulerPool pool;
  private final Hold hold;

  StatefulView(SchedulerPool pool, WorkerState state) {
    this(pool, new Hold(state));
  }

  private StatefulView(SchedulerPool pool, Hold hold) {
    this.pool = pool;
    this.hold = hold;
  }

  /// Uses the state in something that holds it by itself from then on.
  private <T> T holding(Supplier<T> use) {
    try {
      return use.get();
    } finally {
      Reference.reachabilityFence(hold);
    }
  }

  private StatefulCall call(Object target) {
    return new StatefulCall(hold.state, Objects.requireNonNull(target));
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> submit(
      StatefulTask<? super S, ? extends T> task) {
    return holding(() -> pool.<T>submit(call(task)));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items) {
    return map(fn, items, false);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> stream(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items) {
    return stream(fn, items, new Flow.Delivery(true, false));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> streamUnordered(
      StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items) {
    return stream(fn, items, new Flow.Delivery(false, false));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
      StatefulFunction<? super S, ? super A, ? extends R> fn) {
    return gatherer(fn, false);
  }

  // Whatever becomes of failures.

  private <R extends @Nullable Object> List<R> map(Object fn, Iterable<?> items, boolean collects) {
    return holding(() -> pool.mapOver(call(fn), fn, items, collects));
  }

  private <R extends @Nullable Object> Stream<R> stream(
      Object fn, Iterable<?> items, Flow.Delivery delivery) {
    return holding(() -> pool.streamOver(call(fn), fn, items, delivery));
  }

  private <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> gatherer(
      Object fn, boolean collects) {
    Objects.requireNonNull(fn, "fn");
    var delivery = new Flow.Delivery(true, collects);
    Supplier<Flow> flows = () -> holding(() -> pool.flow(call(fn), fn, delivery, -1));
    return FlowGatherer.of(flows, pool.scheduler(), pool.engine());
  }

  /// The same states, where failures are collected.
  private final class Collecting implements StatefulOutcomes<S> {

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> map(
        StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items) {
      return StatefulView.this.map(fn, items, true);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<Outcome<R>> stream(
        StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items) {
      return StatefulView.this.stream(fn, items, new Flow.Delivery(true, true));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object>
        Stream<Outcome<R>> streamUnordered(
            StatefulFunction<? super S, ? super A, ? extends R> fn, Iterable<? extends A> items) {
      return StatefulView.this.stream(fn, items, new Flow.Delivery(false, true));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object>
        Gatherer<A, ?, Outcome<R>> mapping(StatefulFunction<? super S, ? super A, ? extends R> fn) {
      return gatherer(fn, true);
    }

    @Override
    public String toString() {
      return StatefulView.this + " with outcomes";
    }
  }

  @Override
  public StatefulOutcomes<S> outcomes() {
    return new Collecting();
  }

  @Override
  public StatefulPool<S> with(TaskOptions options) {
    return new StatefulView<>((SchedulerPool) pool.with(options), hold);
  }

  @Override
  public void close() {
    hold.end.clean();
  }

  @Override
  public String toString() {
    return pool + " with a state";
  }
}
