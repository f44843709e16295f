package dev.telar.benchmarks;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stops a thread of a worker at a labelled step of an operation on a shared object, for good: as
/// if the process were about to die there. The worker's JVM has the system property `telar.faults`
/// with the name of this class.
public final class StandStill implements Consumer<String> {
  private static volatile @Nullable Place place;

  /// @param reached run by the thread that stands there
  private record Place(String label, Runnable reached) {}

  /// Made by the JVM that was told of it.
  public StandStill() {}

  /// The next thread that comes to a step stays there.
  static void at(String label, Runnable reached) {
    place = new Place(label, reached);
  }

  @Override
  public void accept(String step) {
    Place there = place;
    if (there != null && step.equals(there.label)) {
      there.reached.run();
      while (true) {
        LockSupport.park();
      }
    }
  }
}
