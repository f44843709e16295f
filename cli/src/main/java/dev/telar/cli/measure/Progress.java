package dev.telar.cli.measure;

/// Is told how far a measurement has come. Called by one thread, for each item.
@FunctionalInterface
public interface Progress {

  /// One more item is done, or the work is about to begin.
  ///
  /// @param done how many items of all runs are done
  /// @param total how many there are
  void items(long done, long total);
}
