package dev.telar.cli.work;

import dev.telar.TaskFunction;
import java.util.List;

/// Work that is ready to be run: items, the function for one of them, and a place for the results.
///
/// Little should travel: an item says *where* its data is, the function reads it.
///
/// @param <A> the type of the items
/// @param <P> the type of the partial results
public interface Job<A, P> {

  /// What is worked on, where it was found, and how much it is.
  ///
  /// @return one line
  String input();

  /// The pieces of work.
  ///
  /// @return at least one item
  List<A> items();

  /// The work for one item, fit for any engine: it keeps no state between items but caches. A
  /// failure that the user can repair (a file that vanished) is thrown as [InputException].
  ///
  /// @return a function that can travel
  TaskFunction<A, P> function();

  /// A fresh place to join the partial results of one run in.
  ///
  /// @return an empty total
  Total<P> newTotal();
}
