package dev.telar;

import java.time.Duration;

/// How long to wait before a task is run again after its worker died, for
/// [TaskOptions#backoff(Backoff)]. Nothing is occupied meanwhile: the task waits outside all
/// workers.
///
/// Before retry number `n`, counted from 1, the wait is `delay · factor^(n−1)`, at most `atMost`,
/// and of that a random share: with a jitter of 0.2 anything between 80 and 120 %. Jitter keeps
/// tasks that died together from dying together again.
///
/// @param delay the wait before the first retry, 0 or more
/// @param factor by how much each wait is longer than the one before, 1 or more
/// @param atMost the longest wait, before jitter
/// @param jitter how far the wait may be off, as a share of it, from 0 to 1
public record Backoff(Duration delay, double factor, Duration atMost, double jitter) {

  private static final double USUAL_FACTOR = 2;
  private static final double USUAL_JITTER = 0.2;

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if one is out of its range
  public Backoff {
    if (delay.isNegative() || atMost.isNegative()) {
      throw new IllegalArgumentException(
          "delay and atMost must be 0 or more, not " + delay + " and " + atMost);
    }
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("factor must be 1 or more, not " + factor);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, not " + jitter);
    }
  }

  /// No wait at all, the default.
  ///
  /// @return the backoff
  public static Backoff none() {
    return fixed(Duration.ZERO);
  }

  /// Always the same wait, without jitter.
  ///
  /// @param delay the wait, 0 or more
  /// @return the backoff
  public static Backoff fixed(Duration delay) {
    return new Backoff(delay, 1, delay, 0);
  }

  /// Waits that double, with a jitter of 20 %.
  ///
  /// @param first the wait before the first retry
  /// @param atMost the longest wait, before jitter
  /// @return the backoff
  public static Backoff exponential(Duration first, Duration atMost) {
    return new Backoff(first, USUAL_FACTOR, atMost, USUAL_JITTER);
  }

  /// The same waits with another jitter.
  ///
  /// @param share from 0 (always the same) to 1
  /// @return the changed copy
  /// @throws IllegalArgumentException if `share` is out of that range
  public Backoff withJitter(double share) {
    return new Backoff(delay, factor, atMost, share);
  }

  /// The wait before a retry, before jitter.
  ///
  /// @param retry the number of the retry, from 1
  /// @return the wait
  public Duration before(int retry) {
    double nanos = nanos(delay) * Math.pow(factor, retry - 1);
    return Duration.ofNanos((long) Math.min(nanos, nanos(atMost)));
  }

  private static double nanos(Duration duration) {
    return duration.getSeconds() * 1e9 + duration.getNano();
  }
}
