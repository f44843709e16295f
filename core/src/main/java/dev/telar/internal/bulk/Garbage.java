package dev.telar.internal.bulk;

import java.lang.ref.Cleaner;

/// Gives back what was forgotten. A class of its own, so that its thread exists only in programs
/// that send something large.
final class Garbage {
  static final Cleaner CLEANER = Cleaner.create();

  private Garbage() {}
}
