package dev.telar.cli.soak;

import java.time.Duration;

/// What a soak is told.
///
/// @param length how long it strikes
/// @param seed of all that is random in the load and the strikes; what the operating system makes
///   of them differs from run to run
/// @param workers the size of the pool
/// @param meanInterval the average time between two strikes
public record SoakSettings(Duration length, long seed, int workers, Duration meanInterval) {}
