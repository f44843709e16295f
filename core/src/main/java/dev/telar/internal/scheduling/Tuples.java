package dev.telar.internal.scheduling;

import dev.telar.Pair;
import dev.telar.TaskBiFunction;
import dev.telar.TaskFunction;
import dev.telar.TaskTriFunction;
import dev.telar.Triple;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Functions of several arguments as functions of one tuple.
final class Tuples {

  private Tuples() {}

  static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      TaskFunction<Pair<? extends A, ? extends B>, R> onPairs(
          TaskBiFunction<? super A, ? super B, ? extends R> fn) {
    Objects.requireNonNull(fn, "fn");
    return pair -> fn.apply(pair.first(), pair.second());
  }

  static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      TaskFunction<Triple<? extends A, ? extends B, ? extends C>, R> onTriples(
          TaskTriFunction<? super A, ? super B, ? super C, ? extends R> fn) {
    Objects.requireNonNull(fn, "fn");
    return triple -> fn.apply(triple.first(), triple.second(), triple.third());
  }

  /// The first of both, the second of both, and so on until the shorter one ends.
  static <A extends @Nullable Object, B extends @Nullable Object> List<Pair<A, B>> zip(
      Iterable<? extends A> as, Iterable<? extends B> bs) {
    Iterator<? extends A> firsts = as.iterator();
    Iterator<? extends B> seconds = bs.iterator();
    var pairs = new ArrayList<Pair<A, B>>();
    while (firsts.hasNext() && seconds.hasNext()) {
      pairs.add(new Pair<>(firsts.next(), seconds.next()));
    }
    return pairs;
  }
}
