package dev.telar.internal.wire;

import dev.telar.internal.codec.Input;

/// One message.
///
/// ```
///   0      1        2     3         4        8
///   │ 'T'  │version │type │ reserved│ length │ body (length bytes)
/// ```
///
/// @param type what it says
/// @param body its content
public record Frame(FrameType type, Input body) {

  static final int HEADER = 8;
  static final byte MAGIC = 'T';
  static final byte VERSION = 1;
}
