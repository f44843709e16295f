package dev.telar.kill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Which scenario is run next, and at which step its victim dies.
///
/// First every scenario once without a death, which shows what steps it has. Then each label of
/// each scenario at its first occurrence. Then by chance, until there were enough kills. What steps
/// there are depends on who had to wait for whom, so labels are learned all the while.
final class Plan {
  private static final int ATTEMPTS = 4;

  /// One death to be died.
  ///
  /// @param label empty: none, the victim does all
  record Pick(Scenario scenario, String label, int occurrence) {}

  private record Target(Scenario scenario, String label) {}

  private final List<Scenario> scenarios;
  private final RandomGenerator random;
  private final int enough;
  private final List<Scenario> unknown;
  private final List<Target> targets = new ArrayList<>();
  private final Map<Target, Integer> most = new HashMap<>();
  private final Map<Target, Integer> attempts = new HashMap<>();
  private final Map<Target, Integer> killed = new HashMap<>();
  private int kills;

  /// @param enough how many kills; 0: each label of each scenario once
  Plan(List<Scenario> scenarios, RandomGenerator random, int enough) {
    this.scenarios = scenarios;
    this.random = random;
    this.enough = enough;
    this.unknown = new ArrayList<>(scenarios);
  }

  /// The next one for a victim, or null if all is done.
  ///
  /// @param crowded whether the victim has others to run already, which some scenarios cannot bear
  synchronized Pick next(boolean crowded) {
    Pick pick = firstRound(crowded);
    if (pick == null && kills < enough && !targets.isEmpty()) {
      pick = byChance(crowded);
    }
    return pick;
  }

  /// Whether it is each label once, and no more.
  boolean isRound() {
    return enough == 0;
  }

  /// Whether there is nothing left to do.
  synchronized boolean isDone() {
    return unknown.isEmpty() && kills >= enough && targets.stream().noneMatch(this::isOpen);
  }

  private boolean isOpen(Target target) {
    return killed.getOrDefault(target, 0) == 0 && attempts.getOrDefault(target, 0) < ATTEMPTS;
  }

  private Pick firstRound(boolean crowded) {
    for (Scenario scenario : unknown) {
      if (!crowded || !scenario.alone()) {
        unknown.remove(scenario);
        return new Pick(scenario, "", 0);
      }
    }
    for (Target target : targets) {
      if (isOpen(target) && !(crowded && target.scenario().alone())) {
        attempts.merge(target, 1, Integer::sum);
        return new Pick(target.scenario(), target.label(), 1);
      }
    }
    return null;
  }

  private Pick byChance(boolean crowded) {
    Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
    List<Target> its = targets.stream().filter(one -> one.scenario() == scenario).toList();
    if (its.isEmpty() || crowded && scenario.alone()) {
      return null;
    }
    Target target = its.get(random.nextInt(its.size()));
    return new Pick(scenario, target.label(), 1 + random.nextInt(most.get(target)));
  }

  /// What a victim has shown: the steps that its lane took, and whether it died at its own.
  synchronized void learn(Pick pick, Map<String, Integer> steps, boolean hit) {
    steps.forEach(
        (label, times) -> {
          if (label.startsWith("arena.join") && !pick.scenario().alone()) {
            return; // of the first lane that attaches, whichever that is
          }
          var target = new Target(pick.scenario(), label);
          if (most.merge(target, times, Math::max).equals(times) && !targets.contains(target)) {
            targets.add(target);
          }
        });
    if (hit) {
      kills++;
      killed.merge(new Target(pick.scenario(), pick.label()), 1, Integer::sum);
    }
  }

  synchronized int kills() {
    return kills;
  }

  /// How often a victim died at each label.
  synchronized Map<String, Integer> killsByLabel() {
    var byLabel = new TreeMap<String, Integer>();
    targets.forEach(
        target -> byLabel.merge(target.label(), killed.getOrDefault(target, 0), Integer::sum));
    return byLabel;
  }

  /// Labels of a scenario at which it never died though they were tried.
  synchronized List<String> missed() {
    return targets.stream()
        .filter(target -> killed.getOrDefault(target, 0) == 0)
        .map(target -> target.scenario() + " at " + target.label())
        .toList();
  }
}
