package dev.telar.internal.codec;

import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/// The object that a value could not be written for.
///
/// @param object the object itself
/// @param path the way to it, which ends with its class
/// @param enclosing whether it was reached as the enclosing instance of a lambda or an inner class
/// @param root the value that was handed over, perhaps the culprit itself
/// @param reason what was thrown when it was written; null if it is merely not `Serializable`
record Culprit(
    Object object, String path, boolean enclosing, Object root, @Nullable Exception reason) {

  /// Tells whether it is the very value that was handed over.
  @SuppressWarnings("ReferenceEquality") // equals may be the user's, and another object
  boolean isRoot() {
    return root == object;
  }

  /// Says what is wrong, as the continuation of the path.
  String complaint() {
    if (reason == null) {
      return " is not Serializable.";
    }
    String message = Throwables.message(reason);
    return reason instanceof NotSerializableException && message != null
        ? ": " + message + "."
        : " could not be written: " + Throwables.describe(reason) + ".";
  }
}
