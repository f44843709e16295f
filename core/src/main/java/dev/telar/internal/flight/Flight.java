package dev.telar.internal.flight;

import dev.telar.PoolEvent;

/// Tells JDK Flight Recorder of events, if module `jdk.jfr` is there. Costs a look at two booleans
/// as long as nobody has ever begun a recording.
public final class Flight {

  private static final boolean PRESENT = isPresent();

  private Flight() {}

  private static boolean isPresent() {
    Module own = Flight.class.getModule();
    return ModuleLayer.boot().findModule("jdk.jfr").filter(own::canRead).isPresent();
  }

  /// Whether somebody may be recording.
  public static boolean isOn() {
    return PRESENT && FlightEvents.isRecording(); // only then is a class of jdk.jfr looked for
  }

  /// Records an event, if somebody wants it.
  public static void record(PoolEvent event) {
    if (isOn()) {
      FlightEvents.record(event);
    }
  }
}
