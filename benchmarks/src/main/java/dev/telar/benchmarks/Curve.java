package dev.telar.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// The same work at growing sizes, each in a pool of its own. The factor is the worst growth: by
/// how much a size costs more per unit than a smaller one did. What grows linearly or better stays
/// near 1. A pass over all sizes that does not count goes before, so that the smallest size does
/// not pay for what the first pools of a program pay for.
final class Curve implements Contender {

  private static final int WARM_UP = 2;
  private static final int COUNTED = 7;
  private static final int LEAST = 5;
  private static final long ENOUGH_NANOS = 1_500_000_000;

  /// What a contender's round stands for.
  enum Round {
    /// The time of one unit.
    UNIT,
    /// The time of the whole size.
    WHOLE
  }

  private final int largest;
  private final int smallest;
  private final int step;
  private final Round meaning;
  private final IntFunction<Contender> contender;
  private Duration limit = Duration.ofDays(1);
  private final TreeMap<Integer, List<Double>> costs = new TreeMap<>();

  /// Describes the curve.
  ///
  /// @param smallest size
  /// @param largest size
  /// @param step each size is so many times the one before
  /// @param meaning of what the contender's rounds return
  /// @param contender makes one, from the size
  Curve(int smallest, int largest, int step, Round meaning, IntFunction<Contender> contender) {
    this.smallest = smallest;
    this.largest = largest;
    this.step = step;
    this.meaning = meaning;
    this.contender = contender;
  }

  @Override
  public double first() {
    return Double.NaN;
  }

  @Override
  public void limit(Duration all) {
    limit = all;
  }

  @Override
  public double round() throws Exception {
    long begin = System.nanoTime();
    long half = limit.dividedBy(2).toNanos();
    List<Integer> sizes = sizes();
    for (int size : sizes) {
      if (System.nanoTime() - begin < half) {
        passBy(size);
      }
    }
    for (int size : sizes) {
      measure(size, half / sizes.size());
    }
    return growth(points());
  }

  private List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (long size = smallest; size <= largest; size *= step) {
      sizes.add((int) size);
    }
    return sizes;
  }

  private void passBy(int size) throws Exception {
    try (Contender each = contender.apply(size)) {
      each.first();
      each.round();
    }
  }

  /// At least five rounds, unless it is to be over sooner than that takes.
  private void measure(int size, long mostNanos) throws Exception {
    long enough = Math.min(ENOUGH_NANOS, mostNanos);
    int least = mostNanos < ENOUGH_NANOS ? 1 : LEAST;
    try (Contender each = contender.apply(size)) {
      long made = System.nanoTime();
      each.first();
      long start = least == 1 ? made : System.nanoTime();
      for (int i = 0; i < WARM_UP && System.nanoTime() - start < enough / 4; i++) {
        each.round();
      }
      for (int i = 0; i < least || (i < COUNTED && System.nanoTime() - start < enough); i++) {
        double cost = each.round() * (meaning == Round.UNIT ? size : 1);
        costs.computeIfAbsent(size, it -> new ArrayList<>()).add(cost);
      }
    }
  }

  /// By how much a unit costs more than at any smaller size, at worst.
  static double growth(List<Point> points) {
    double least = Double.POSITIVE_INFINITY;
    double worst = 0;
    for (Point point : points) {
      double unit = point.nanos() / point.size();
      worst = Double.isInfinite(least) ? worst : Math.max(worst, unit / least);
      least = Math.min(least, unit);
    }
    return worst;
  }

  @Override
  public double sum(List<Double> rounds) {
    return growth(points());
  }

  @Override
  public List<Point> points() {
    return costs.entrySet().stream()
        .map(each -> new Point(each.getKey(), Median.of(each.getValue())))
        .toList();
  }

  @Override
  public void close() {}
}
