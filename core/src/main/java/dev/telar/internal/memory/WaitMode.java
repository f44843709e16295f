package dev.telar.internal.memory;

import java.util.Locale;

/// How threads of this JVM wait for other processes.
enum WaitMode {
  /// By a futex, through the foreign-function interface: this module has native access.
  FUTEX,

  /// Parked, woken over a socket. No restricted method is called, so nothing is printed on the
  /// console of a program whose user did not enable native access.
  PARK;

  /// Set to `park`, lets a JVM with native access wait as one without. For tests.
  static final String PROPERTY = "telar.wait";

  private static final WaitMode CURRENT = choose();

  static WaitMode current() {
    return CURRENT;
  }

  boolean isNative() {
    return this == FUTEX;
  }

  private static WaitMode choose() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return linux
            && WaitMode.class.getModule().isNativeAccessEnabled()
            && !"park".equals(System.getProperty(PROPERTY))
            && Futex.isKnownHere()
        ? FUTEX
        : PARK;
  }
}
