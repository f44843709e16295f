package dev.telar.internal.memory;

/// A [Ring] is closed: nothing can be put, and all that was put has been taken.
public final class ClosedRingException extends Exception {
  private static final long serialVersionUID = 1L;

  ClosedRingException() {
    super("closed", null, false, false);
  }
}
