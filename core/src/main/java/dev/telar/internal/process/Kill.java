package dev.telar.internal.process;

import dev.telar.CrashCause;
import org.jspecify.annotations.Nullable;

/// Why Telar itself ended a worker.
///
/// @param cause what the tasks in it are told
/// @param reason the same in words, to follow "because"
/// @param memory how much memory it took, if that is why
record Kill(CrashCause cause, String reason, @Nullable MemoryUse memory) {

  /// Too much memory.
  ///
  /// @param limit how much it may take, in bytes
  /// @param peak how much it took, in bytes
  record MemoryUse(long limit, long peak) {}

  static Kill of(CrashCause cause, String reason) {
    return new Kill(cause, reason, null);
  }
}
