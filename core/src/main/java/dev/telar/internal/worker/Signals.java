package dev.telar.internal.worker;

/// What a worker does about signals.
final class Signals {

  private Signals() {}

  /// Ignores SIGINT: Ctrl-C in a terminal reaches every process of the group, and it is the parent
  /// who decides what happens to its workers then.
  ///
  /// By reflection, because javac warns of `sun.misc.Signal` in a way that cannot be silenced; it
  /// is public API of module `jdk.unsupported` all the same.
  static void ignoreInterrupt() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException | LinkageError e) {
      // not on this platform, or reserved by the JVM (-Xrs)
    }
  }
}
