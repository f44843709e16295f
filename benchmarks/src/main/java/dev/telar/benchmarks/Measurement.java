package dev.telar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a row measured.
///
/// @param ours our side
/// @param peers the sides of the peers, in the order of the row
/// @param warmUp how many of our rounds only warmed up
record Measurement(Side ours, List<Side> peers, int warmUp) {

  /// One side.
  ///
  /// @param figure in the unit of the row; NaN if there is none
  /// @param first pool made and first operation done, in nanoseconds; NaN if that means nothing
  /// @param points the curve, if it is one
  /// @param counted of how many rounds the figure is: a peer's may be fewer than ours
  /// @param reason why there is no figure, as the verdict shows it, or null
  record Side(
      double figure, double first, List<Point> points, int counted, @Nullable String reason) {

    static Side none(String reason) {
      return new Side(Double.NaN, Double.NaN, List.of(), 0, reason);
    }
  }

  /// Runs all sides of a row, round by round in turn, so that whatever else the machine does falls
  /// on all; each round begins with another side, so that what one leaves behind (a clock that has
  /// risen, caches, threads that still spin) does not always fall on the same.
  ///
  /// @param row the row
  /// @param plan how much of it
  /// @param tools what there is on this machine
  /// @return the figures; a peer that fails has a reason instead
  /// @throws Exception if our side fails
  static Measurement take(Row row, Depth.Plan plan, List<Tool> tools) throws Exception {
    List<Entrant> peers = new ArrayList<>();
    try (var ours = new Entrant(row.ours().apply(plan.items()), plan.ours())) {
      ours.first();
      for (Peer peer : row.peers()) {
        var entrant = new Entrant(peer.contender().apply(plan.items()), plan.peer());
        peers.add(entrant);
        if (tools.contains(peer.tool())) {
          entrant.tryFirst();
        } else {
          entrant.leave("skipped: " + peer.tool().advice());
        }
      }
      int warmUp = rounds(ours, peers, plan.warmUp());
      ours.count();
      peers.forEach(Entrant::count);
      rounds(ours, peers, Math.max(1, plan.counted()));
      List<Side> sides = peers.stream().map(peer -> peer.side(row.unit())).toList();
      return new Measurement(ours.side(row.unit()), sides, warmUp);
    } finally {
      peers.forEach(Entrant::close);
    }
  }

  private static int rounds(Entrant ours, List<Entrant> peers, int most) throws Exception {
    List<Entrant> all = new ArrayList<>(peers);
    all.addFirst(ours);
    int done = 0;
    while (done < most && ours.hasTime()) {
      for (int i = 0; i < all.size(); i++) {
        Entrant next = all.get((done + i) % all.size());
        if (next == ours) {
          ours.round();
        } else if (next.hasTime()) {
          next.tryRound();
        }
      }
      done++;
    }
    return done;
  }
}
