package dev.telar.kill;

import java.util.Map;

/// One set of objects, one victim, and what must hold after its death.
abstract class Trial {

  /// What the victim does.
  abstract Act act();

  /// What another victim does before, which is dead when this one begins; null: there is none.
  Act before() {
    return null;
  }

  /// Starts what others do with the objects meanwhile, if anything.
  void begin(Survivors survivors) throws Exception {}

  /// Whether the steps are those of Telar's own threads in the victim.
  boolean background() {
    return false;
  }

  /// The victim stands at its step, stopped, and alive; some wait slices have gone by. Throws if
  /// something was taken from it. Called in some trials only, just before the kill.
  void whileItStands(End end) throws Exception {}

  /// The victim is dead, or has done all of its act. Throws where something does not hold. The
  /// survivors have the time that [Stage] allows; none is left waiting when this returns.
  ///
  /// @param end how it went
  abstract void check(Survivors survivors, End end) throws Exception;

  /// How it went with a victim.
  ///
  /// @param label where it was killed, or null if it had done all
  /// @param steps the labels that it had reached, and how often
  /// @param pid of the dead
  record End(String label, Map<String, Integer> steps, long pid) {

    boolean completed() {
      return label == null;
    }

    int times(String step) {
      return steps.getOrDefault(step, 0);
    }
  }
}
