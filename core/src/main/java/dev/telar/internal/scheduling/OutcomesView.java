package dev.telar.internal.scheduling;

import dev.telar.Outcome;
import dev.telar.Outcomes;
import dev.telar.Pair;
import dev.telar.TaskBiFunction;
import dev.telar.TaskFunction;
import dev.telar.TaskTriFunction;
import dev.telar.Triple;
import java.util.List;
import java.util.Objects;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pool whose flows collect failures.
///
/// @param pool the pool or a view of it
record OutcomesView(SchedulerPool pool) implements Outcomes {

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> map(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
    return pool.mapOver(fn, fn, items, true);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<Outcome<R>> map(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends A> as,
          Iterable<? extends B> bs) {
    return pool.mapOver(Tuples.onPairs(fn), fn, Tuples.zip(as, bs), true);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<Outcome<R>> starmap(
          TaskBiFunction<? super A, ? super B, ? extends R> fn,
          Iterable<? extends Pair<? extends A, ? extends B>> tuples) {
    return pool.mapOver(Tuples.onPairs(fn), fn, tuples, true);
  }

  @Override
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<Outcome<R>> starmap(
          TaskTriFunction<? super A, ? super B, ? super C, ? extends R> fn,
          Iterable<? extends Triple<? extends A, ? extends B, ? extends C>> tuples) {
    return pool.mapOver(Tuples.onTriples(fn), fn, tuples, true);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Stream<Outcome<R>> stream(
      TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
    return pool.streamOver(fn, fn, items, new Flow.Delivery(true, true));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object>
      Stream<Outcome<R>> streamUnordered(
          TaskFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
    return pool.streamOver(fn, fn, items, new Flow.Delivery(false, true));
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object>
      Gatherer<A, ?, Outcome<R>> mapping(TaskFunction<? super A, ? extends R> fn) {
    return pool.gatherer(fn, fn, true);
  }

  OutcomesView {
    Objects.requireNonNull(pool);
  }

  @Override
  public String toString() {
    return pool + " with outcomes";
  }
}
