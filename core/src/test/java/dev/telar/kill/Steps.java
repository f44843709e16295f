package dev.telar.kill;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What the labelled steps of a victim call: counts them, and freezes a lane at the step at which
/// it is to die.
public final class Steps implements Consumer<String> {
  private static final ThreadLocal<Lane> LANE = new ThreadLocal<>();

  /// For the labels that only threads of Telar's own reach.
  private static volatile Lane background;

  /// The steps of one lane.
  static final class Lane {
    private final int number;
    private final String label;
    private final int occurrence;
    private final Map<String, Integer> reached = new TreeMap<>();

    /// A lane that dies at an occurrence of a label, or does all if that is empty.
    Lane(int number, String label, int occurrence) {
      this.number = number;
      this.label = label;
      this.occurrence = occurrence;
    }

    int number() {
      return number;
    }

    void enter() {
      LANE.set(this);
    }

    void leave() {
      LANE.remove();
    }

    private void reach(String step) {
      int times;
      synchronized (reached) {
        times = reached.merge(step, 1, Integer::sum);
      }
      if (step.equals(label) && times == occurrence) {
        Victim.tell("frozen", number, steps());
        while (true) {
          LockSupport.park(); // until the process is killed
        }
      }
    }

    /// Label and count of each step that was reached.
    String steps() {
      synchronized (reached) {
        return reached.entrySet().stream()
            .map(step -> step.getKey() + "=" + step.getValue())
            .collect(Collectors.joining(" "));
      }
    }
  }

  static void armBackground(Lane lane) {
    background = lane;
  }

  @Override
  public void accept(String step) {
    Lane lane = LANE.get();
    if (lane == null) {
      lane = background;
    }
    if (lane != null) {
      lane.reach(step);
    }
  }
}
