package dev.telar.internal.process;

import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.Releasable;
import dev.telar.internal.scheduling.Weighted;

/// A value that was encoded in the thread that brought it.
///
/// @param bytes the value
/// @param loader which of the parent's class loaders knows its classes
record Encoded(Output bytes, int loader) implements Weighted, Releasable {

  @Override
  public long weight() {
    return bytes.size() + bytes.loanedBytes();
  }

  @Override
  public void release() {
    bytes.releaseLoans();
  }
}
