package dev.telar.internal.scheduling;

/// Something packed that holds more than memory of this JVM.
public interface Releasable {

  /// Gives it back: the job that it was packed for has ended, and nothing will read it any more.
  void release();
}
