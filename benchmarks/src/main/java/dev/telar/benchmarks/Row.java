package dev.telar.benchmarks;

import java.util.List;
import java.util.function.Supplier;

/// One comparison: the same work done by Telar and by a peer.
///
/// @param name what a user types to run it alone
/// @param what what is measured, in a few words
/// @param peer the name of the peer
/// @param needsPython whether the peer is Python
/// @param goal the ratio of the times, ours to the peer's, that is to be reached or stayed under
/// @param placements where it is measured
/// @param ours makes our side
/// @param theirs makes the peer's side
record Row(
    String name,
    String what,
    String peer,
    boolean needsPython,
    double goal,
    List<Placement> placements,
    Supplier<Contender> ours,
    Supplier<Contender> theirs) {}
