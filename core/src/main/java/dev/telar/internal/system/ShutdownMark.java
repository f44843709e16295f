package dev.telar.internal.system;

/// What a worker's shutdown hook leaves on the status page: how its JVM came to end.
///
/// `Process.exitValue()` is 143 both after `System.exit(143)` and after `SIGTERM`; the mark tells
/// them apart.
///
/// @param code what is stored: 0 none, −1 orderly, n > 0 signal n
public record ShutdownMark(int code) {
  /// No hook ran: the process was killed, crashed, halted, or never came up.
  public static final ShutdownMark NONE = new ShutdownMark(0);

  /// The JVM ended by itself: `System.exit`, or its last thread ended.
  public static final ShutdownMark ORDERLY = new ShutdownMark(-1);

  /// The mark to leave, to be called in a shutdown hook: looks for the thread on which the JDK
  /// handles a signal, which waits for the hooks to end.
  public static ShutdownMark observe() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] threads = new Thread[group == null ? 0 : group.activeCount() + 16];
    int count = group == null ? 0 : group.enumerate(threads, true);
    for (int i = 0; i < count; i++) {
      String name = threads[i].getName();
      if (name.startsWith("SIG") && name.endsWith(" handler")) {
        int signal = Signals.number(name.substring(0, name.length() - " handler".length()));
        if (signal > 0) {
          return new ShutdownMark(signal);
        }
      }
    }
    return ORDERLY;
  }
}
