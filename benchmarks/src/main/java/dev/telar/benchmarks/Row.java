package dev.telar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// One comparison: the same work done by Telar and by its peers. Rows are declared in [PoolRows],
/// [DataRows], [LifeRows], [ThreadRows], [MicroRows] and [SharedRows].
final class Row {

  private final String name;
  private final String what;
  private final Unit unit;
  private final IntFunction<Contender> ours;
  private final List<Peer> peers = new ArrayList<>();
  private List<Placement> placements = List.of(Placement.ANY);
  private Effort effort = Effort.of(1);
  private double goal = Double.NaN;
  private boolean nativeAccess;
  private boolean guarded;

  /// A row without peers or goals.
  ///
  /// @param name what a user types to run it alone
  /// @param what what is measured, in a few words
  /// @param unit what its figures are
  /// @param ours makes our side, from the number of operations in a round
  Row(String name, String what, Unit unit, IntFunction<Contender> ours) {
    this.name = name;
    this.what = what;
    this.unit = unit;
    this.ours = ours;
  }

  /// Latencies depend on where the processes run: measured on one core and on two.
  Row pinned() {
    placements = List.of(Placement.ONE, Placement.TWO);
    return this;
  }

  Row effort(Effort much) {
    effort = much;
    return this;
  }

  /// Sets what our own figure is to reach.
  Row goal(double figure) {
    goal = figure;
    return this;
  }

  /// Its JVM may call native code, which decides how it waits.
  Row withNativeAccess() {
    nativeAccess = true;
    return this;
  }

  /// CI looks at it, see [Guard].
  Row guarded() {
    guarded = true;
    return this;
  }

  /// Adds a peer and what our ratio to it is to reach.
  Row against(double ratio, String peer, Tool tool, IntFunction<Contender> contender) {
    peers.add(new Peer(peer, tool, ratio, contender));
    return this;
  }

  /// Adds a peer without a goal.
  Row beside(String peer, Tool tool, IntFunction<Contender> contender) {
    return against(Double.NaN, peer, tool, contender);
  }

  String name() {
    return name;
  }

  String what() {
    return what;
  }

  Unit unit() {
    return unit;
  }

  IntFunction<Contender> ours() {
    return ours;
  }

  List<Peer> peers() {
    return List.copyOf(peers);
  }

  List<Placement> placements() {
    return placements;
  }

  Effort effort() {
    return effort;
  }

  Goal goal() {
    return new Goal(unit, goal, false);
  }

  Goal goal(Peer peer) {
    return new Goal(unit, peer.ratio(), true);
  }

  boolean nativeAccess() {
    return nativeAccess;
  }

  boolean isGuarded() {
    return guarded;
  }
}
