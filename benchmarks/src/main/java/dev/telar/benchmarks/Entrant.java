package dev.telar.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A contender in a running comparison, and what it has measured so far.
final class Entrant implements AutoCloseable {

  private final Contender contender;
  private final List<Double> rounds = new ArrayList<>();
  private final long halfNanos;
  private long spentNanos;
  private double first = Double.NaN;
  private boolean begun;
  private @Nullable String reason;

  /// Enters.
  ///
  /// @param contender who
  /// @param limit how long all rounds may take: a half to warm up, a half to count
  Entrant(Contender contender, Duration limit) {
    this.contender = contender;
    contender.limit(limit);
    halfNanos = limit.dividedBy(2).toNanos();
  }

  void first() throws Exception {
    begun = true;
    first = contender.first();
  }

  void round() throws Exception {
    long start = System.nanoTime();
    rounds.add(contender.round());
    spentNanos += System.nanoTime() - start;
  }

  /// Whether another round fits in; the first always does.
  boolean hasTime() {
    return spentNanos < halfNanos || rounds.isEmpty();
  }

  /// As [#first()]; who fails leaves, and the others go on.
  void tryFirst() {
    try {
      first();
    } catch (Exception e) {
      fail(e);
    }
  }

  /// As [#round()]; who fails leaves, and who has left does nothing.
  void tryRound() {
    if (reason == null) {
      try {
        round();
      } catch (Exception e) {
        fail(e);
      }
    }
  }

  private void fail(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    leave("failed: " + e);
  }

  /// Takes part no more.
  ///
  /// @param why as the verdict shows it
  void leave(String why) {
    reason = why;
  }

  /// Rounds count from now on; those before were to warm up.
  void count() {
    rounds.clear();
    spentNanos = 0;
  }

  Measurement.Side side(Unit unit) {
    if (reason != null || rounds.isEmpty()) {
      return Measurement.Side.none(reason == null ? "failed: no round was run" : reason);
    }
    double figure = unit.figure(contender.sum(rounds));
    return new Measurement.Side(figure, first, contender.points(), rounds.size(), null);
  }

  @Override
  public void close() {
    if (begun) {
      try {
        contender.close();
      } catch (Exception e) {
        throw new IllegalStateException(contender + " does not end", e);
      }
    }
  }
}
