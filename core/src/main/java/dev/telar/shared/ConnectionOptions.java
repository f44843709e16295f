package dev.telar.shared;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Limits and filter of connections between programs. Immutable.
///
/// ```java
/// ConnectionOptions.defaults().withMaxMessageBytes(1 << 20)
///     .withFilter(ObjectInputFilter.Config.createFilter("com.example.*;java.base/*;!*"))
/// ```
///
/// @param maxMessageBytes the longest message that is sent or accepted, at least 1 KiB; it is
///   agreed with the other side: the smaller limit holds in both directions
/// @param handshakeTimeout how long the other side may take to prove that it has the key
/// @param filter asked about every class that is deserialized in a message, besides the JVM's own
///   filter (`jdk.serialFilter`) and one against absurd lengths, which are always asked; null for
///   no more than those. Not asked about what is no object of a class to be made up: null, strings,
///   boxed primitives and arrays of primitives, which are read as plain bytes, of no more than the
///   message has
public record ConnectionOptions(
    int maxMessageBytes, Duration handshakeTimeout, @Nullable ObjectInputFilter filter) {

  private static final ConnectionOptions DEFAULTS =
      new ConnectionOptions(256 << 20, Duration.ofSeconds(10), null);

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a limit is too small
  public ConnectionOptions {
    Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
    if (maxMessageBytes < 1024) {
      throw new IllegalArgumentException(
          "maxMessageBytes is " + maxMessageBytes + ", and must be at least 1024");
    }
    if (!handshakeTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "handshakeTimeout is " + handshakeTimeout + ", and must be positive");
    }
  }

  /// Messages of up to 256 MiB, 10 seconds for the handshake, no further filter.
  ///
  /// @return the defaults
  public static ConnectionOptions defaults() {
    return DEFAULTS;
  }

  /// With another limit for messages.
  ///
  /// @param bytes the longest message, at least 1024
  /// @return new options
  public ConnectionOptions withMaxMessageBytes(int bytes) {
    return new ConnectionOptions(bytes, handshakeTimeout, filter);
  }

  /// With another time for the handshake.
  ///
  /// @param timeout how long it may take
  /// @return new options
  public ConnectionOptions withHandshakeTimeout(Duration timeout) {
    return new ConnectionOptions(maxMessageBytes, timeout, filter);
  }

  /// With a filter.
  ///
  /// @param asked about every class that is deserialized in a message; not about strings, boxed
  ///   primitives and arrays of primitives
  /// @return new options
  public ConnectionOptions withFilter(ObjectInputFilter asked) {
    return new ConnectionOptions(maxMessageBytes, handshakeTimeout, asked);
  }
}
