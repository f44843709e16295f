package dev.telar.misbehaviour;

/// What a [Misbehaviour] does in the end, as its caller would see it if the task had a JVM of its
/// own without any limits.
public enum Effect {
  /// The task never returns.
  HANGS,
  /// The task takes more and more of something until an error or a limit ends it.
  EXHAUSTS,
  /// The JVM ends, one way or another.
  ENDS_THE_JVM,
  /// The task ends with an exception that is hard to bring home.
  THROWS,
  /// The task ends with a result that is hard to bring home.
  RETURNS_POISON,
  /// The task returns as if nothing had happened, and leaves the JVM changed for the next one.
  LEAVES_TRACES
}
