package dev.telar.internal.process;

import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.Releasable;
import dev.telar.internal.scheduling.Weighted;
import org.jspecify.annotations.Nullable;

/// A value that was encoded in the thread that brought it.
///
/// @param bytes the value
/// @param loader which of the parent's class loaders knows its classes
/// @param state the state that it is called with, or null
record Encoded(Output bytes, int loader, @Nullable EncodedState state)
    implements Weighted, Releasable {

  /// A value that needs no state.
  Encoded(Output bytes, int loader) {
    this(bytes, loader, null);
  }

  @Override
  public long weight() {
    return bytes.size() + bytes.loanedBytes();
  }

  @Override
  public void release() {
    bytes.releaseLoans();
  }
}
