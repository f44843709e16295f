package dev.telar.internal.memory;

/// What a thread does each time that it looks whether its wait is over.
@FunctionalInterface
interface Attempt {

  /// Takes what is waited for, if it is there.
  boolean succeeds();

  /// Whether others now leave alone what this thread waits for, so that it is to be told first.
  default boolean isUrgent() {
    return false;
  }
}
