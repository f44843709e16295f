package dev.telar.benchmarks;

/// Fast and wrong is not fast.
final class Check {

  private Check() {}

  static void same(long expected, long result) {
    if (expected != result) {
      throw new IllegalStateException("wrong result: " + result + ", not " + expected);
    }
  }
}
