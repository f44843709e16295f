package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectInputStream;

/// Reads what a [ClassNaming] wrote. Thread-safe.
interface ClassFinding {

  /// Returns the class that is meant, as `loader` finds it.
  Class<?> read(ObjectInputStream stream, ClassLoader loader)
      throws IOException, ClassNotFoundException;
}
