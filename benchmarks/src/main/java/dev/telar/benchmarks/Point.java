package dev.telar.benchmarks;

/// A point of a curve.
///
/// @param size how much there was to do
/// @param nanos how long that took
record Point(double size, double nanos) {}
