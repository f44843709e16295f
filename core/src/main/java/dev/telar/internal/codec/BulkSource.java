package dev.telar.internal.codec;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// The reader's side of a [BulkSink]. Thread-safe.
public interface BulkSource {

  /// A source for messages that have nothing beside them.
  BulkSource NONE =
      new BulkSource() {
        @Override
        public <T> T read(int segment, long loan, long bytes, Reader<T> reader) throws IOException {
          throw new IOException("no memory is shared with the sender of this message");
        }
      };

  /// Makes a value of memory, which it must not keep.
  @FunctionalInterface
  interface Reader<T> {
    T read(MemorySegment memory) throws IOException;
  }

  /// Reads the value that was put into a loan.
  ///
  /// @throws IOException if the memory is gone, or has been lent again before or while it was read
  <T> T read(int segment, long loan, long bytes, Reader<T> reader) throws IOException;
}
