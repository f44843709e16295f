package dev.telar.cli.work;

/// Joins the partial results of one run. Used by one thread; the order of the parts does not
/// matter.
///
/// @param <P> the type of the partial results
public interface Total<P> {

  /// Adds one partial result.
  ///
  /// @param part what the function returned for one item
  void add(P part);

  /// What all parts say together. Called once, outside the measured time.
  ///
  /// @return the answer
  /// @throws InputException if the input turned out to be of no use, for instance to hold no text
  Answer answer() throws InputException;

  /// All that was found, in an order that is the same in every run.
  ///
  /// @return rows
  Listing listing();
}
