package dev.telar.internal.worker;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/// What a worker does about signals.
final class Signals {

  private Signals() {}

  /// Ignores SIGINT: Ctrl-C in a terminal reaches every process of the group, and it is the parent who
  /// decides what happens to its workers then.
  static void ignoreInterrupt() {
    try {
      Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    } catch (IllegalArgumentException e) {
      // not on this platform, or reserved by the JVM (-Xrs)
    }
  }
}
