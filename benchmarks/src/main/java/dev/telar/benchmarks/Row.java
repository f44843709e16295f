package dev.telar.benchmarks;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One comparison: the same work done by Telar and by a peer.
///
/// @param name what a user types to run it alone
/// @param what what is measured, in a few words
/// @param peer the name of the peer; `-` if there is none that can do it at all
/// @param needsPython whether the peer is Python
/// @param goal what is to be reached
/// @param placements where it is measured
/// @param nativeAccess whether its JVM may call native code, which decides how it waits
/// @param ours makes our side
/// @param theirs makes the peer's side, or null
record Row(
    String name,
    String what,
    String peer,
    boolean needsPython,
    Goal goal,
    List<Placement> placements,
    boolean nativeAccess,
    Supplier<Contender> ours,
    @Nullable Supplier<Contender> theirs) {

  /// A row in a JVM without native access.
  Row(
      String name,
      String what,
      String peer,
      boolean needsPython,
      double goal,
      List<Placement> placements,
      Supplier<Contender> ours,
      Supplier<Contender> theirs) {
    this(name, what, peer, needsPython, Goal.ratio(goal), placements, false, ours, theirs);
  }
}
