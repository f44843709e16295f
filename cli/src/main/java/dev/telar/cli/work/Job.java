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
  /// @throws InputException if there is none, for a reason that the user can repair
  TaskFunction<A, P> function() throws InputException;

  /// The function for work that is shared out to several JVMs, where that makes a difference: for
  /// instance to a limit that holds for all of them together.
  ///
  /// @param jvms how many JVMs there are, 1 or more
  /// @return a function that can travel
  /// @throws InputException if there is none, for a reason that the user can repair
  default TaskFunction<A, P> function(int jvms) throws InputException {
    return function();
  }

  /// Whether items may fail one by one, each counted in the answer, while the rest goes on. If so,
  /// [#function()] throws nothing of theirs, and [#failed(Object, String)] is what remains to be
  /// said.
  ///
  /// @return false if a failure ends the run
  default boolean containsFailures() {
    return false;
  }

  /// The partial result for an item that took its JVM down; only for jobs that contain failures.
  ///
  /// @param item the item
  /// @param reason why there is no result, one line
  /// @return a result that says so
  default P failed(A item, String reason) {
    throw new UnsupportedOperationException();
  }

  /// Whether a comparison also shows what the size of the chunks changes, in which items travel.
  ///
  /// @return true for many short items
  default boolean comparesChunks() {
    return false;
  }

  /// A fresh place to join the partial results of one run in.
  ///
  /// @return an empty total
  Total<P> newTotal();
}
