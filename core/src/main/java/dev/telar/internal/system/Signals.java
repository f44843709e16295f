package dev.telar.internal.system;

import java.util.HashMap;
import java.util.Map;

/// Names of the signals, by the numbers of this operating system.
final class Signals {
  static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private static final Map<Integer, String> NAMES = names(System.getProperty("os.name", ""));

  private Signals() {}

  /// `SIGKILL` for 9; `signal n` for one without a name here.
  static String name(int signal) {
    return NAMES.getOrDefault(signal, "signal " + signal);
  }

  /// The number of `SIGKILL` and the like, or 0.
  static int number(String name) {
    for (Map.Entry<Integer, String> known : NAMES.entrySet()) {
      if (known.getValue().equals(name)) {
        return known.getKey();
      }
    }
    return 0;
  }

  static boolean isNumber(int signal) {
    return signal >= 1 && signal <= 64;
  }

  private static Map<Integer, String> names(String system) {
    Map<Integer, String> names = new HashMap<>();
    put(names, "SIGHUP", 1, "SIGINT", 2, "SIGQUIT", 3, "SIGILL", 4, "SIGTRAP", 5, "SIGABRT", 6);
    put(names, "SIGFPE", 8, "SIGKILL", 9, "SIGSEGV", 11, "SIGPIPE", 13, "SIGALRM", 14);
    put(names, "SIGTERM", 15, "SIGXCPU", 24, "SIGXFSZ", 25);
    if (system.startsWith("Mac")) {
      put(names, "SIGBUS", 10, "SIGSYS", 12, "SIGSTOP", 17, "SIGTSTP", 18, "SIGCONT", 19);
      put(names, "SIGCHLD", 20, "SIGUSR1", 30, "SIGUSR2", 31);
    } else {
      put(names, "SIGBUS", 7, "SIGUSR1", 10, "SIGUSR2", 12, "SIGSTKFLT", 16, "SIGCHLD", 17);
      put(names, "SIGCONT", 18, "SIGSTOP", 19, "SIGTSTP", 20, "SIGSYS", 31);
    }
    return Map.copyOf(names);
  }

  private static void put(Map<Integer, String> names, Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      names.put((Integer) pairs[i + 1], (String) pairs[i]);
    }
  }
}
