package dev.telar.cli.work;

/// How much runs at once in the modes that have a bound.
///
/// @param threads in the pool of threads
/// @param workers in the pool of processes
/// @param threadsPerWorker in each of them
public record Lanes(int threads, int workers, int threadsPerWorker) {

  /// As many processes as threads.
  ///
  /// @param n how many
  /// @return n threads, n workers with one thread each
  public static Lanes of(int n) {
    return new Lanes(n, n, 1);
  }

  /// A few processes with many threads each: what work that waits needs.
  ///
  /// @param n how many threads in all, 1 or more
  /// @return n threads; two workers with half of them each, or one worker
  public static Lanes forWaiting(int n) {
    int workers = Math.min(2, n);
    return new Lanes(n, workers, Math.ceilDiv(n, workers));
  }

  /// The largest number of items that run at once.
  ///
  /// @return 1 or more
  public int most() {
    return Math.max(threads, workers * threadsPerWorker);
  }

  /// For people.
  ///
  /// @return for instance `32 threads, 2 processes with 16 threads each`
  public String describe() {
    if (threadsPerWorker == 1 && threads == workers) {
      return threads + (threads == 1 ? " thread or process" : " threads or processes");
    }
    return "%d threads, a virtual thread for each item, %d %s with %d threads each"
        .formatted(threads, workers, workers == 1 ? "process" : "processes", threadsPerWorker);
  }
}
