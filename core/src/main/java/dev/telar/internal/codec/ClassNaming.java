package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;

/// What is written in place of a class descriptor, and read again by a [ClassFinding]. Thread-safe.
interface ClassNaming {

  /// Writes a class that is not hidden.
  ///
  /// @param stream where to
  /// @param message the message that the stream belongs to
  void write(Class<?> type, ObjectOutputStream stream, Output message) throws IOException;
}
