package dev.telar.kill;

import dev.telar.shared.Shared;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/// A kind of trial.
///
/// @param name for reports
/// @param alone whether it needs a victim of its own
/// @param trial sets one up, with objects of a [Shared]
record Scenario(String name, boolean alone, BiFunction<Shared, RandomGenerator, Trial> trial) {

  /// One that shares its victim with others.
  static Scenario of(String name, BiFunction<Shared, RandomGenerator, Trial> trial) {
    return new Scenario(name, false, trial);
  }

  /// One that needs a victim of its own.
  static Scenario alone(String name, BiFunction<Shared, RandomGenerator, Trial> trial) {
    return new Scenario(name, true, trial);
  }

  @Override
  public String toString() {
    return name;
  }
}
