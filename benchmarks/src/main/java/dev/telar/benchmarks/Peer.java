package dev.telar.benchmarks;

import java.util.function.IntFunction;

/// Who does the same work in the same run.
///
/// @param name as the table shows it
/// @param tool what it needs
/// @param ratio the goal, ours to this one's; NaN: it only stands beside
/// @param contender makes it, from the number of operations in a round
record Peer(String name, Tool tool, double ratio, IntFunction<Contender> contender) {}
