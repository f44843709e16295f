package dev.telar.shared;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Shared memory could not be made or attached: no space left, a file that is not ours, of another
/// version, truncated or gone. The message says which, where, and what to do.
///
/// Space is reserved when an object is made, so this is never thrown later, and a file system that
/// fills up never ends the JVM that uses the object.
public final class SharedMemoryException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /// With a message for whoever makes or attaches the object.
  public SharedMemoryException(String message, IOException cause) {
    super(message, cause);
  }
}
