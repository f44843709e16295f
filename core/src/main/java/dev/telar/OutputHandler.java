package dev.telar;

/// Takes what worker processes print, for [ProcessPoolBuilder#outputHandler(OutputHandler)].
///
/// It is called on a thread of the worker's own, one line at a time for each of the worker's two
/// streams. A handler that blocks delays the results of its own worker only, and that for a bounded
/// time; what it throws is logged and dropped.
@FunctionalInterface
public interface OutputHandler {

  /// Takes one line.
  ///
  /// @param worker the name of the worker
  /// @param error whether the line was printed to standard error
  /// @param line the line without its end; longer ones than 64 KiB come in pieces
  void line(String worker, boolean error, String line);
}
