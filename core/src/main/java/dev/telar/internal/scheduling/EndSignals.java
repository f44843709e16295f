package dev.telar.internal.scheduling;

import java.util.ArrayList;
import java.util.List;

/// Who wants to be told of an end that comes once. Thread-safe.
public final class EndSignals {
  private final List<Registration> waiting = new ArrayList<>();
  private boolean over;

  private static final class Registration {
    final Runnable signal;

    Registration(Runnable signal) {
      this.signal = signal;
    }
  }

  /// Nothing has ended yet.
  public EndSignals() {}

  /// Calls `signal` when the end comes, or now if it has come.
  ///
  /// @return takes it back
  public Runnable add(Runnable signal) {
    var registration = new Registration(signal);
    boolean now;
    synchronized (waiting) {
      now = over;
      if (!now) {
        waiting.add(registration);
      }
    }
    if (now) {
      signal.run();
    }
    return () -> remove(registration);
  }

  private void remove(Registration registration) {
    synchronized (waiting) {
      waiting.remove(registration);
    }
  }

  /// The end has come.
  public void fire() {
    List<Registration> told;
    synchronized (waiting) {
      over = true;
      told = List.copyOf(waiting);
      waiting.clear();
    }
    told.forEach(each -> each.signal.run());
  }
}
